using Atropos.Tokenizers.Patterns;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Decoders;

/// <summary>Replaces every match of a pattern inside a token by a fixed text.</summary>
internal sealed class ReplaceDecoder(TextPattern pattern, string content) : TokenDecoder
{
    // A literal is certain where no match of it can still begin; an expression only at the token's end.
    public override DecoderStage Start(DecoderStage next) => pattern is LiteralPattern { Literal: var literal }
        ? new LiteralStage(next, literal, content, content)
        : new WholeTokenStage(next, this);

    public override void Map(ReadOnlySpan<char> token, TokenPlace place, TextBuffer output)
    {
        // The original looks for nothing in an empty token, not even for an empty match.
        if (token.IsEmpty || !pattern.TryReplace(token, content, output))
        {
            output.Append(token);
        }
    }
}
