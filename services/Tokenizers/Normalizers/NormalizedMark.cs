namespace Atropos.Tokenizers.Normalizers;

/// <summary>A character of a text under Unicode normalization.</summary>
/// <param name="Point">The character.</param>
/// <param name="Change">What it replaces, as <see cref="NormalizedWriter.Write"/> takes it.</param>
/// <param name="Class">Its combining class.</param>
/// <param name="Order">Its place before reordering.</param>
internal readonly record struct NormalizedMark(int Point, int Change, int Class, int Order);
