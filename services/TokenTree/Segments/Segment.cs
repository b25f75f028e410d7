using System.Collections.Immutable;

namespace Atropos.TokenTree.Segments;

/// <summary>An immutable run of tokens of one kind. Safe to share between threads and between nodes.</summary>
public sealed class Segment
{
    private readonly int[] _tokenIds;
    private readonly float[] _logprobs;

    private Segment(SegmentKind kind, int[] tokenIds, float[] logprobs, ImmutableArray<SampledPart> parts, bool tracked)
    {
        Kind = kind;
        _tokenIds = tokenIds;
        _logprobs = logprobs;
        Parts = parts;
        Tracked = tracked;
    }

    /// <summary>Whether the tokens were given or sampled.</summary>
    public SegmentKind Kind { get; }

    /// <summary>The ids, each from 0.</summary>
    public ReadOnlySpan<int> TokenIds => _tokenIds;

    /// <summary>
    /// The log-probability of each token, bit for bit as the engine reported it; empty for a prompt and for a completion
    /// that is not <see cref="Tracked"/>.
    /// </summary>
    public ReadOnlySpan<float> Logprobs => _logprobs;

    /// <summary>
    /// Who sampled what: parts that follow one another and cover a completion from its first token to its last; empty for a prompt.
    /// </summary>
    public ImmutableArray<SampledPart> Parts { get; }

    /// <summary>
    /// Whether the engine itself reported every id and log-probability. False only for <see cref="UntrackedCompletion"/>.
    /// </summary>
    public bool Tracked { get; }

    /// <summary>Number of tokens.</summary>
    public int Length => _tokenIds.Length;

    /// <summary>Makes a run of given tokens; it may be empty.</summary>
    /// <param name="tokenIds">The ids; they are copied.</param>
    /// <exception cref="ArgumentException">An id is negative.</exception>
    public static Segment Prompt(ReadOnlySpan<int> tokenIds)
    {
        CheckIds(tokenIds);
        return new Segment(SegmentKind.Prompt, tokenIds.ToArray(), [], [], tracked: true);
    }

    /// <summary>Makes a run of sampled tokens.</summary>
    /// <param name="tokenIds">The ids; they are copied.</param>
    /// <param name="logprobs">The log-probability of each id; they are copied.</param>
    /// <param name="parts">Who sampled what; the parts must cover all ids, in order and without gaps.</param>
    /// <exception cref="ArgumentException">
    /// An id is negative, the lists differ in length, a log-probability is not a finite number, or the parts do not cover the ids.
    /// </exception>
    public static Segment Completion(ReadOnlySpan<int> tokenIds, ReadOnlySpan<float> logprobs, params ReadOnlySpan<SampledPart> parts)
    {
        CheckIds(tokenIds);
        CheckParts(parts, tokenIds.Length);
        if (logprobs.Length != tokenIds.Length)
        {
            throw new ArgumentException(
                $"The completion has {tokenIds.Length} token ids but {logprobs.Length} logprobs; there must be one for each id.",
                nameof(logprobs));
        }

        for (var i = 0; i < logprobs.Length; i++)
        {
            if (!float.IsFinite(logprobs[i]))
            {
                throw new ArgumentException(
                    $"Logprob {i} of the completion is {logprobs[i]}, which is not a finite number.", nameof(logprobs));
            }
        }

        return new Segment(SegmentKind.Completion, tokenIds.ToArray(), logprobs.ToArray(), [.. parts], tracked: true);
    }

    /// <summary>
    /// Makes a completion of an engine that reported no log-probabilities. Its tokens count as given: they are never trained on.
    /// </summary>
    /// <param name="tokenIds">The ids where the engine reported them, else none; they are copied.</param>
    /// <param name="parts">Who sampled what; the parts must cover all ids.</param>
    /// <exception cref="ArgumentException">An id is negative or the parts do not cover the ids.</exception>
    public static Segment UntrackedCompletion(ReadOnlySpan<int> tokenIds, params ReadOnlySpan<SampledPart> parts)
    {
        CheckIds(tokenIds);
        CheckParts(parts, tokenIds.Length);
        return new Segment(SegmentKind.Completion, tokenIds.ToArray(), [], [.. parts], tracked: false);
    }

    private static void CheckIds(ReadOnlySpan<int> tokenIds)
    {
        for (var i = 0; i < tokenIds.Length; i++)
        {
            if (tokenIds[i] < 0)
            {
                throw new ArgumentException($"Token id {i} is {tokenIds[i]}; ids are not negative.", nameof(tokenIds));
            }
        }
    }

    private static void CheckParts(ReadOnlySpan<SampledPart> parts, int length)
    {
        var position = 0;
        foreach (var part in parts)
        {
            if (part.Start != position || part.End < part.Start)
            {
                throw new ArgumentException(
                    $"A part spans {part.Start} to {part.End} where one that begins at {position} was expected.", nameof(parts));
            }

            position = part.End;
        }

        if (position != length)
        {
            throw new ArgumentException($"The parts cover {position} of the completion's {length} tokens.", nameof(parts));
        }
    }
}
