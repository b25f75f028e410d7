namespace Atropos.Tokenizers.Patterns;

/// <summary>What can be said of an expression without running it.</summary>
internal static class RegexAnalysis
{
    /// <summary>The characters that a match can begin with, or null where it can be empty or that is not known.</summary>
    public static CodePointSet? First(RegexNode node)
    {
        var first = First(node, out var mayBeEmpty);
        return mayBeEmpty ? null : first;
    }

    /// <summary>The least and the most code points that a match takes; the most is null without a bound, or where it is not known.</summary>
    public static (int Least, int? Most) Lengths(RegexNode node)
    {
        switch (node)
        {
            case RegexNode.One:
                return (1, 1);
            case RegexNode.Anchor or RegexNode.Look:
                return (0, 0);
            case RegexNode.Atomic atomic:
                return Lengths(atomic.Inner);
            case RegexNode.Capture capture:
                return Lengths(capture.Inner);
            case RegexNode.Concat concat:
                var parts = concat.Parts.Select(Lengths).ToArray();
                return (parts.Aggregate(0, static (sum, part) => Bound((long)sum + part.Least)), parts.Aggregate((int?)0, static (sum, part) => Bound((long?)sum + part.Most)));
            case RegexNode.Choice choice:
                var branches = choice.Branches.Select(Lengths).ToArray();
                return (branches.Min(static branch => branch.Least), branches.Any(static branch => branch.Most is null) ? null : branches.Max(static branch => branch.Most));
            case RegexNode.Repeat repeat:
                var (least, most) = Lengths(repeat.Inner);
                return (Bound((long)least * repeat.Min), repeat.Max < 0 ? null : Bound((long?)most * repeat.Max));
            default:
                return (0, null);
        }
    }

    private static int Bound(long length) => (int)Math.Min(length, int.MaxValue);

    private static int? Bound(long? length) => length is { } known ? Bound(known) : null;

    /// <summary>
    /// The set whose unbounded run an expression begins with, or null. Where a match fails at one place of such a run it fails at
    /// every later place of it: from there the run can only end where it could have ended before.
    /// </summary>
    public static CodePointSet? LeadingRun(RegexNode node) => node switch
    {
        RegexNode.Repeat { Inner: RegexNode.One one, Max: < 0 } => one.Set,
        RegexNode.Concat { Parts: [RegexNode.Repeat { Inner: RegexNode.One one, Max: < 0 }, ..] parts } when !parts.Any(AsksForStart) => one.Set,
        _ => null,
    };

    private static bool AsksForStart(RegexNode node) => node switch
    {
        RegexNode.Anchor anchor => anchor.Kind == AnchorKind.SearchStart,
        RegexNode.One => false,
        RegexNode.Repeat repeat => AsksForStart(repeat.Inner),
        RegexNode.Concat concat => concat.Parts.Any(AsksForStart),
        RegexNode.Choice choice => choice.Branches.Any(AsksForStart),
        RegexNode.Look look => AsksForStart(look.Inner),
        RegexNode.Atomic atomic => AsksForStart(atomic.Inner),
        RegexNode.Capture capture => AsksForStart(capture.Inner),
        _ => false,
    };

    private static CodePointSet? First(RegexNode node, out bool mayBeEmpty)
    {
        mayBeEmpty = false;
        switch (node)
        {
            case RegexNode.One one:
                return one.Set;
            case RegexNode.Atomic atomic:
                return First(atomic.Inner, out mayBeEmpty);
            case RegexNode.Capture capture:
                return First(capture.Inner, out mayBeEmpty);
            case RegexNode.Repeat repeat:
                var inner = First(repeat.Inner, out mayBeEmpty);
                mayBeEmpty |= repeat.Min == 0;
                return inner;
            case RegexNode.Concat concat:
                var soFar = new List<CodePointSet>();
                foreach (var part in concat.Parts)
                {
                    Add(soFar, First(part, out mayBeEmpty));
                    if (!mayBeEmpty)
                    {
                        break;
                    }
                }

                mayBeEmpty |= concat.Parts.Count == 0;
                return Union(soFar);
            case RegexNode.Choice choice:
                var either = new List<CodePointSet>();
                foreach (var branch in choice.Branches)
                {
                    Add(either, First(branch, out var branchMayBeEmpty));
                    mayBeEmpty |= branchMayBeEmpty;
                }

                return Union(either);
            default:
                mayBeEmpty = true;
                return null;
        }
    }

    private static void Add(List<CodePointSet> sets, CodePointSet? set)
    {
        if (set is not null)
        {
            sets.Add(set);
        }
    }

    private static CodePointSet? Union(List<CodePointSet> sets) => sets is [] ? null : sets is [var single] ? single : CodePointSet.Any(sets);
}
