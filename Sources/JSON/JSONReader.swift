import FoundationEssentials

/// Reads JSON text (RFC 8259, UTF-8) into a shape known beforehand.
///
/// For shapes with little to them that are read seldom; what is read for every call takes a `JSONCursor`. What the
/// shape does not ask for is dropped.
public enum JSONReader {
  /// Why a text could not be read.
  public enum Failure: Error, Hashable, Sendable {
    case notJSON
    /// JSON, but a member that the shape insists on is missing, null or of another kind.
    case otherShape
  }

  /// The whole text as a `Shape`. Nesting beyond the decoder's limit (512 levels) is `notJSON`.
  public static func read<Shape: Decodable>(
    _ shape: Shape.Type = Shape.self, from text: [UInt8]
  ) throws(Failure) -> Shape {
    do {
      return try JSONDecoder().decode(shape, from: Data(text))
    } catch DecodingError.typeMismatch, DecodingError.valueNotFound, DecodingError.keyNotFound {
      throw .otherShape
    } catch {
      throw .notJSON
    }
  }
}
