using System.Runtime.InteropServices;
using Atropos.Router.V1;
using Atropos.SessionTracker.Errors;
using Atropos.TokenTree.Segments;

namespace Atropos.SessionTracker.Turns;

/// <summary>The tokens that were sampled for one completion, aligned with their log-probabilities, and who sampled them.</summary>
internal sealed class SampledRun(SamplingSettings sampling, bool allowUntracked)
{
    private readonly List<int> _ids = [];
    private readonly List<float> _logprobs = [];
    private readonly List<TopLogprobs> _top = [];
    private readonly List<PartStart> _parts = [];
    private bool _tracked = true;

    /// <summary>Number of tokens.</summary>
    public int Count => _ids.Count;

    /// <summary>The ids.</summary>
    public ReadOnlySpan<int> Ids => CollectionsMarshal.AsSpan(_ids);

    /// <summary>Whether each token has its log-probability.</summary>
    public bool HasLogprobs => _logprobs.Count == _ids.Count;

    /// <summary>The log-probability of a token.</summary>
    public float Logprob(int index) => _logprobs[index];

    /// <summary>The likeliest tokens at a position; null where none were reported.</summary>
    public TopLogprobs? Top(int index) => index < _top.Count ? _top[index] : null;

    /// <summary>Adds tokens as the engine reported them.</summary>
    /// <param name="sampled">The tokens.</param>
    /// <param name="keep">How many of them to keep: fewer than all where a stop string was complete before their end.</param>
    /// <param name="engine">Who sampled them.</param>
    /// <exception cref="Exception">The engine's lists are not aligned, and nothing less than tracked tokens is allowed.</exception>
    public void Add(SampledTokens sampled, int keep, GenerationStarted engine)
    {
        Check(sampled, engine);
        var version = sampled.WeightVersion.Length > 0 ? sampled.WeightVersion : engine.WeightVersion;
        if (_parts.Count == 0 || !ReferenceEquals(_parts[^1].Engine, engine) || _parts[^1].WeightVersion != version)
        {
            _parts.Add(new PartStart(_ids.Count, engine, version));
        }

        for (var i = 0; i < Math.Min(keep, sampled.TokenIds.Count); i++)
        {
            _ids.Add(sampled.TokenIds[i]);
            if (i < sampled.Logprobs.Count)
            {
                _logprobs.Add(sampled.Logprobs[i]);
            }

            if (i < sampled.TopLogprobs.Count)
            {
                _top.Add(sampled.TopLogprobs[i]);
            }
        }
    }

    /// <summary>Makes the segment that is recorded.</summary>
    public Segment ToSegment()
    {
        var parts = new SampledPart[_ids.Count == 0 ? 0 : _parts.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            var part = _parts[i];
            parts[i] = new SampledPart
            {
                Start = part.Start,
                End = i + 1 < parts.Length ? _parts[i + 1].Start : _ids.Count,
                EngineId = part.Engine.EngineId,
                EngineRequestId = part.Engine.EngineRequestId,
                WeightVersion = part.WeightVersion,
                LogprobKind = Kind(part.Engine.LogprobKind),
                Sampling = sampling,
            };
        }

        return _tracked
            ? Segment.Completion(Ids, CollectionsMarshal.AsSpan(_logprobs), parts)
            : Segment.UntrackedCompletion(Ids, parts);
    }

    private void Check(SampledTokens sampled, GenerationStarted engine)
    {
        var aligned = sampled.Logprobs.Count == sampled.TokenIds.Count && sampled.UntrackedText.Length == 0;
        if (aligned && engine.Tracked && sampled.Logprobs.All(float.IsFinite))
        {
            return;
        }

        if (!allowUntracked)
        {
            throw TrackerErrors.BadGeneration(
                $"Engine `{engine.EngineId}` reported {sampled.TokenIds.Count} token ids with {sampled.Logprobs.Count} log-probabilities"
                + (aligned ? ", not all of which can be relied on." : "; there must be one for each id."));
        }

        _tracked = false;
    }

    private static SampledLogprobKind Kind(LogprobKind kind) => kind switch
    {
        LogprobKind.Raw => SampledLogprobKind.Raw,
        LogprobKind.Tempered => SampledLogprobKind.Tempered,
        LogprobKind.Processed => SampledLogprobKind.Processed,
        _ => SampledLogprobKind.Unknown,
    };

    private sealed record PartStart(int Start, GenerationStarted Engine, string WeightVersion);
}
