using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Decoders;

/// <summary>The fifth stage's settings: makes the running steps. Safe for use from several threads.</summary>
internal abstract class TokenDecoder
{
    /// <summary>Whether the step goes token by token, so that <see cref="Map"/> says all about it where tokens are not the last.</summary>
    public virtual bool MapsTokens => true;

    /// <summary>Starts a decoding whose result goes to <paramref name="next"/>.</summary>
    public abstract DecoderStage Start(DecoderStage next);

    /// <summary>Appends what this step makes of one token, as far as that hangs on the token and its place alone.</summary>
    public virtual void Map(ReadOnlySpan<char> token, TokenPlace place, TextBuffer output) => output.Append(token);
}
