using Atropos.Tokenizers.Models;

namespace Atropos.Tokenizers.Loading;

/// <summary>The large parts of a model, which are read straight from the file's bytes and not kept as JSON.</summary>
/// <param name="Vocabulary">What <c>model.vocab</c> holds; null where it is no object.</param>
/// <param name="Merges">What <c>model.merges</c> holds; null where it is no list.</param>
internal sealed record ModelTables(Vocabulary? Vocabulary, MergeTable? Merges);
