using System.Text;
using Atropos.ReferenceModel;
using Atropos.Tokenizers;

namespace Atropos.ReferenceEngine;

/// <summary>The tokenizer that both models use.</summary>
internal sealed class EngineTokenizer
{
    private readonly Tokenizer _tokenizer = ReferenceModelAssets.CreateTokenizer();

    public EngineTokenizer(int vocabularySize)
    {
        VocabularySize = vocabularySize;
        EndOfTurn = Required("<|im_end|>");
        EndOfText = Required("<|endoftext|>");
        EndTokens = [EndOfTurn, EndOfText];
    }

    public int VocabularySize { get; }

    public int EndOfTurn { get; }

    public int EndOfText { get; }

    /// <summary>The tokens that end a generation by themselves.</summary>
    public IReadOnlyList<int> EndTokens { get; }

    public int[] Encode(string text) => _tokenizer.Encode(text, false);

    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens) => _tokenizer.Decode(ids, skipSpecialTokens);

    public IncrementalDecoder CreateDecoder(bool skipSpecialTokens) => _tokenizer.CreateDecoder(skipSpecialTokens);

    public ReadOnlySpan<byte> TokenBytes(int id) => _tokenizer.TokenBytes(id);

    /// <summary>The text of one token; bytes that are no whole characters become U+FFFD.</summary>
    public string TokenText(int id) => Encoding.UTF8.GetString(TokenBytes(id));

    /// <summary>The name of a token in the vocabulary, as Hugging Face's tokenizers show it.</summary>
    public string TokenName(int id) => _tokenizer.IdToToken(id) ?? "";

    public bool IsSpecial(int id) => _tokenizer.IsSpecial(id);

    private int Required(string token) =>
        _tokenizer.TokenToId(token) ?? throw new InvalidOperationException($"The reference tokenizer has no token '{token}'.");
}
