using System.Buffers;

namespace Atropos.Tokenizers.Decoders;

/// <summary>
/// A row of replacements that each begin at a space, run one behind the other. Text in which none can begin goes past them,
/// which is nearly all text.
/// </summary>
internal sealed class CleanUpStage : DecoderStage
{
    private readonly DecoderStage _next;
    private readonly SearchValues<char> _second;
    private readonly LiteralStage[] _row;

    /// <param name="next">Where the text goes.</param>
    /// <param name="replacements">The replacements in their order.</param>
    /// <param name="second">What stands behind the space in any of them.</param>
    public CleanUpStage(DecoderStage next, (string From, string To)[] replacements, SearchValues<char> second)
    {
        _next = next;
        _second = second;
        _row = new LiteralStage[replacements.Length];
        for (var index = replacements.Length - 1; index >= 0; index--)
        {
            var (from, to) = replacements[index];
            next = _row[index] = new LiteralStage(next, from, to, to);
        }
    }

    public override void Write(ReadOnlySpan<char> text)
    {
        if (IsIdle() && !MayBegin(text))
        {
            _next.Write(text);
        }
        else
        {
            _row[0].Write(text);
        }
    }

    public override void EndToken() => _row[0].EndToken();

    public override void Complete() => _row[0].Complete();

    private bool IsIdle()
    {
        foreach (var stage in _row)
        {
            if (stage.HoldsText)
            {
                return false;
            }
        }

        return true;
    }

    private bool MayBegin(ReadOnlySpan<char> text)
    {
        while (text.IndexOf(' ') is >= 0 and var space)
        {
            if (space == text.Length - 1 || _second.Contains(text[space + 1]))
            {
                return true;
            }

            text = text[(space + 1)..];
        }

        return false;
    }
}
