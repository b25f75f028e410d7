using Atropos.Router.V1;

namespace Atropos.InferenceRouter.Dialects;

/// <summary>Collects the likeliest tokens of one position, as an engine lists them, and puts them in order.</summary>
internal sealed class TopList
{
    private readonly List<(int Id, float Logprob)> _entries = [];

    public void Clear() => _entries.Clear();

    public void Add(int id, float logprob) => _entries.Add((id, logprob));

    public bool TryFind(int id, out float logprob)
    {
        foreach (var entry in _entries)
        {
            if (entry.Id == id)
            {
                logprob = entry.Logprob;
                return true;
            }
        }

        logprob = 0;
        return false;
    }

    /// <summary>The likeliest of them. Engines may add the sampled token to the list; it stays only if it is among the likeliest.</summary>
    public TopLogprobs Take(int count)
    {
        // Few and nearly sorted: insertion keeps equal ones in the engine's order.
        for (var i = 1; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            var at = i;
            for (; at > 0 && _entries[at - 1].Logprob < entry.Logprob; at--)
            {
                _entries[at] = _entries[at - 1];
            }

            _entries[at] = entry;
        }

        var top = new TopLogprobs();
        for (var i = 0; i < Math.Min(count, _entries.Count); i++)
        {
            top.TokenIds.Add(_entries[i].Id);
            top.Logprobs.Add(_entries[i].Logprob);
        }

        return top;
    }
}
