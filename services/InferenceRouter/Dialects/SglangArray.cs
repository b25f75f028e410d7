namespace Atropos.InferenceRouter.Dialects;

/// <summary>Tells whether one of a choice's arrays repeats everything in each event or holds only what is new. Old builds mix both, so each
/// array is judged alone.</summary>
internal struct SglangArray
{
    private bool _cumulative;

    /// <summary>Items taken so far.</summary>
    public int Taken { get; private set; }

    /// <summary>How many items at the front of the next event need not be read.</summary>
    public readonly int Known => _cumulative ? Taken : 0;

    /// <summary>Finds where the new items begin, and counts them as taken.</summary>
    /// <param name="length">Items in the event.</param>
    /// <param name="completionTokens">Tokens sampled so far, as the engine counts them; -1 if it does not say.</param>
    /// <returns>Index of the first new item; -1 if the lengths fit neither way.</returns>
    public int Take(int length, int completionTokens)
    {
        int start;
        if (completionTokens < 0)
        {
            start = _cumulative ? (length >= Taken ? Taken : -1) : 0;
        }
        else if (length == completionTokens && length >= Taken)
        {
            _cumulative |= Taken > 0;
            start = Taken;
        }
        else
        {
            start = Taken + length == completionTokens && !(_cumulative && length > 0) ? 0 : -1;
        }

        if (start >= 0)
        {
            Taken += length - start;
        }

        return start;
    }
}
