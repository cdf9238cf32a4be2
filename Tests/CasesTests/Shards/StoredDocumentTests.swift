import Cases
import JSON
import Testing

@Suite struct StoredDocumentTests {
  private let plan = SuiteSamples(cells: 9).plan(shards: 3)

  @Test func whatIsWrittenReadsTheSame() throws {
    #expect(try ShardPlan(fileBytes: plan.fileBytes()) == plan)
    #expect(try ShardPlan(fileBytes: plan.fileBytes(.indented)) == plan)
    let results = SuiteSamples(cells: 9).shard(2, of: plan)
    #expect(try ShardResults(fileBytes: results.fileBytes()) == results)
    let cell = StoredCell(key: "k", hasPictures: true, result: SuiteSamples(cells: 7).results[6])
    #expect(try StoredCell(fileBytes: cell.fileBytes()) == cell)
  }

  @Test func thePlanSaysItsID() {
    let text = String(decoding: plan.fileBytes(), as: UTF8.self)
    #expect(text.hasPrefix("{\"kind\":\"ucmsim plan\",\"format\":1,\"id\":\"\(plan.id)\",\"toolVersion\":\"1.2.3\","))
    #expect(plan.id.utf8.count == 64)
  }

  @Test func whereverAFileBreaksOffItIsRefused() throws {
    let bytes = SuiteSamples(cells: 9).shard(2, of: plan).fileBytes()
    for count in stride(from: 1, to: bytes.count - 1, by: 61) {
      #expect(complaint(ShardResults.self, Array(bytes.prefix(count))).contains("breaks off after \(count) bytes"))
    }
    #expect(complaint(ShardResults.self, []) == "is empty; it should be a file of `ucmsim results`")
  }

  /// A changed byte makes the file unreadable, of another kind, or belies its digest.
  @Test func whateverByteIsChangedIsNoticed() throws {
    let bytes = plan.fileBytes()
    for index in stride(from: 0, to: bytes.count - 1, by: 7) {
      var changed = bytes
      changed[index] ^= 1
      #expect(complaint(ShardPlan.self, changed) != "", "byte \(index)")
    }
  }

  @Test(arguments: [
    ("[]", "has no `kind`"), ("null", "has no `kind`"), ("{}", "is a file of something else"),
    ("{\"kind\":\"ucmsim results\",\"format\":1}", "is a file of `ucmsim results`; it should be one of `ucmsim plan`"),
    ("{\"kind\":\"ucmsim plan\"}", "has the format none, this ucmsim reads 1"),
    ("{\"kind\":\"ucmsim plan\",\"format\":2}", "has the format 2, this ucmsim reads 1"),
    ("{\"kind\":\"ucmsim plan\",\"format\":1}", "lacks members that a file of `ucmsim plan` has"),
    ("{\"kind\":7,\"format\":1}", "has no `kind`"), ("<xml/>", "is not JSON"),
    ("{\"kind\":", "breaks off after 8 bytes"),
    ("\u{0}", "is not JSON"),
  ])
  func aWrongFileIsNamedForWhatItIs(text: String, says: String) {
    #expect(
      complaint(ShardPlan.self, Array(text.utf8)).contains(says), "\(complaint(ShardPlan.self, Array(text.utf8)))")
  }

  @Test func aPlanThatCannotBeRunIsRefused() {
    func flaw(_ change: (inout ShardPlan) -> Void) -> String {
      var changed = plan
      change(&changed)
      return complaint(ShardPlan.self, changed.fileBytes())
    }
    #expect(flaw { $0.shardCount = 0 } == "`shards` is 0; it takes 1 to 10000")
    #expect(flaw { $0.shardCount = -1 } == "`shards` is -1; it takes 1 to 10000")
    #expect(flaw { $0.cells[2].shard = 4 } == "cell \(plan.cells[2].name) is in shard 4, but there are 3")
    #expect(flaw { $0.cells.append($0.cells[0]) } == "cell \(plan.cells[0].name) is in it twice")
    var results = SuiteSamples(cells: 9).shard(2, of: plan)
    results.plan.cells[2].shard = 4
    #expect(complaint(ShardResults.self, results.fileBytes()).hasPrefix("its plan: cell "))
  }

  private func complaint<Document: StoredDocument>(_ document: Document.Type, _ bytes: [UInt8]) -> String {
    do throws(StoredDocumentError) {
      _ = try Document(fileBytes: bytes)
      return ""
    } catch { return error.description }
  }
}
