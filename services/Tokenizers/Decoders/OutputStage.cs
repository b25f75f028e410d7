using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Decoders;

/// <summary>The end of every chain: tokens side by side.</summary>
internal sealed class OutputStage(TextBuffer output) : DecoderStage
{
    public override void Write(ReadOnlySpan<char> text) => output.Append(text);

    public override void EndToken()
    {
    }

    public override void Complete()
    {
    }
}
