namespace Atropos.Tokenizers.Decoders;

/// <summary>
/// A row of replacements that each begin at a space, run one behind the other. Text in which none can begin goes past them,
/// which is nearly all text.
/// </summary>
internal sealed class CleanUpStage : DecoderStage
{
    private readonly DecoderStage _next;
    private readonly LiteralStage[] _row;

    /// <param name="next">Where the text goes.</param>
    /// <param name="replacements">The replacements in their order.</param>
    public CleanUpStage(DecoderStage next, (string From, string To)[] replacements)
    {
        _next = next;
        _row = new LiteralStage[replacements.Length];
        for (var index = replacements.Length - 1; index >= 0; index--)
        {
            var (from, to) = replacements[index];
            next = _row[index] = new LiteralStage(next, from, to, to);
        }
    }

    public override void Write(ReadOnlySpan<char> text)
    {
        if (IsIdle() && !CleanUp.MayBegin(text))
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
}
