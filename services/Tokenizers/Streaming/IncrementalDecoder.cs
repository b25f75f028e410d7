using System.Text;
using Atropos.Tokenizers.Decoders;

namespace Atropos.Tokenizers;

/// <summary>
/// Decodes one stream of token ids: gives text as soon as it is certain, never a U+FFFD that later bytes could mend.
/// The concatenation of everything given, with <see cref="Flush()"/> at the end, equals <see cref="Tokenizer.Decode"/> of all ids.
/// For one stream and one thread at a time.
/// </summary>
public sealed class IncrementalDecoder
{
    private readonly Tokenizer _tokenizer;
    private readonly bool _skipSpecialTokens;
    private readonly Streaming.Utf8Assembler? _bytes;
    private readonly OutputStage _output = new();
    private readonly DecoderStage? _chain;
    private bool _flushed;

    internal IncrementalDecoder(Tokenizer tokenizer, TokenDecoder decoder, bool skipSpecialTokens)
    {
        _tokenizer = tokenizer;
        _skipSpecialTokens = skipSpecialTokens;
        if (decoder is ByteLevelDecoder)
        {
            _bytes = new Streaming.Utf8Assembler();
        }
        else
        {
            _chain = decoder.Start(_output);
        }
    }

    /// <summary>
    /// Takes one id and appends the text that is certain now to <paramref name="output"/>; often none. An id that no token has is no
    /// text, also one beyond <see cref="Tokenizer.VocabularySize"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is negative.</exception>
    /// <exception cref="InvalidOperationException">The stream has been flushed.</exception>
    public void Append(int id, StringBuilder output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (_flushed)
        {
            throw new InvalidOperationException("The stream has been flushed; create a new decoder for another stream.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(id);

        // Models whose embeddings are padded have more ids than their tokenizer, and can sample them.
        if (id >= _tokenizer.VocabularySize || (_skipSpecialTokens && _tokenizer.IsSkipped(id)))
        {
            return;
        }

        if (_bytes is not null)
        {
            _bytes.Append(_tokenizer.TokenBytes(id), output);
        }
        else if (_tokenizer.DecodedText(id) is { } token)
        {
            _output.Output = output;
            _chain!.Write(token);
            _chain.EndToken();
        }
    }

    /// <summary>Takes ids and returns the text that is certain now; often empty.</summary>
    /// <inheritdoc cref="Append(int, StringBuilder)" path="/exception"/>
    public string Append(ReadOnlySpan<int> ids)
    {
        var output = new StringBuilder();
        foreach (var id in ids)
        {
            Append(id, output);
        }

        return output.ToString();
    }

    /// <summary>Ends the stream and appends the text that was kept back. Does nothing the second time.</summary>
    public void Flush(StringBuilder output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (_flushed)
        {
            return;
        }

        _flushed = true;
        _bytes?.Flush(output);
        _output.Output = output;
        _chain?.Complete();
    }

    /// <summary>Ends the stream and returns the text that was kept back; empty the second time.</summary>
    public string Flush()
    {
        var output = new StringBuilder();
        Flush(output);
        return output.ToString();
    }
}
