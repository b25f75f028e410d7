using System.Text;

namespace Atropos.Tokenizers.Decoders;

/// <summary>The end of every chain: tokens side by side in a string builder.</summary>
internal sealed class OutputStage : DecoderStage
{
    public StringBuilder Output { get; set; } = new();

    public override void Write(ReadOnlySpan<char> text) => Output.Append(text);

    public override void EndToken()
    {
    }

    public override void Complete()
    {
    }
}
