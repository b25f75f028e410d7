using System.Globalization;
using System.Runtime.InteropServices;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Patterns;

/// <summary>Runs compiled expressions over text by backtracking, by code point. One per thread: holds work space.</summary>
internal sealed class RegexMatcher
{
    private const long StepsOfAnyText = 20_000_000;
    private const long StepsOfCharacter = 2_000;
    private const int MostFrames = 20_000_000;
    private const int MostFramesKept = 1 << 16;

    private readonly List<RegexFrame> _frames = [];
    private int[] _registers = [];

    private int _searchStart;
    private int _lookEnd;
    private long _stepsLeft;

    /// <summary>Allows the steps that may be taken in one text, over all of its matches: a hostile expression is to fail, not to hang.</summary>
    public void BeginText(int length) => _stepsLeft = StepsOfAnyText + (StepsOfCharacter * length);

    /// <summary>Gives up the memory of an unusually hard text.</summary>
    public void Trim()
    {
        if (_frames.Capacity > MostFramesKept)
        {
            _frames.Clear();
            _frames.Capacity = 0;
        }
    }

    /// <summary>The end of the match that starts at <paramref name="at"/>, or -1.</summary>
    /// <exception cref="RegexStepsException">The text has used up its steps.</exception>
    public int Match(RegexInstruction[] program, int registers, ReadOnlySpan<char> text, int searchStart, int at)
    {
        if (_registers.Length < registers)
        {
            _registers = new int[registers];
        }

        _registers.AsSpan(0, registers).Fill(-1);
        _frames.Clear();
        _searchStart = searchStart;
        return Run(program, text, at);
    }

    private int Run(RegexInstruction[] program, ReadOnlySpan<char> text, int at)
    {
        var bottom = _frames.Count;
        var next = 0;
        while (true)
        {
            var instruction = program[next];
            if (--_stepsLeft < 0 || _frames.Count > MostFrames)
            {
                throw new RegexStepsException();
            }

            if (instruction.Op == RegexOp.Accept)
            {
                CollectionsMarshal.SetCount(_frames, bottom);
                return at;
            }

            if (Step(instruction, text, ref at, ref next) || BackTrack(bottom, text, ref at, ref next))
            {
                continue;
            }

            return -1;
        }
    }

    private bool Step(RegexInstruction instruction, ReadOnlySpan<char> text, ref int at, ref int next)
    {
        switch (instruction.Op)
        {
            case RegexOp.One:
                next++;
                return Take(instruction.Set!, text, ref at);
            case RegexOp.Run:
                return TakeRun(instruction, text, ref at, ref next);
            case RegexOp.Fork:
                if (instruction.Set is { } set && (at >= text.Length || !set.Contains(CodePoints.At(text, at, out _))))
                {
                    next = instruction.Second;
                    return true;
                }

                _frames.Add(new RegexFrame(instruction.Second, at, -1, null));
                next = instruction.First;
                return true;
            case RegexOp.Jump:
                next = instruction.First;
                return true;
            case RegexOp.Anchor:
                next++;
                return instruction.Anchor == AnchorKind.SearchStart ? at == _searchStart : Holds(instruction.Anchor, text, at);
            case RegexOp.Look:
                next++;
                return Look(instruction, text, at) != instruction.Negative;
            case RegexOp.Atomic:
                next++;
                at = Run(instruction.Programs[0].Program, text, at);
                return at >= 0;
            case RegexOp.Save:
                next++;
                _frames.Add(new RegexFrame(-1, _registers[instruction.First], instruction.First, null));
                _registers[instruction.First] = at;
                return true;
            case RegexOp.Progress:
                // A round that took nothing ends the loop: what follows the jump back is the way out.
                next += _registers[instruction.First] == at ? 2 : 1;
                return true;
            case RegexOp.BackReference:
                next++;
                return TakeAgain(instruction, text, ref at);
            case RegexOp.Cluster:
                next++;
                var cluster = StringInfo.GetNextTextElementLength(text[at..]);
                at += cluster;
                return cluster > 0;
            case RegexOp.EndOfLook:
                next++;
                return at == _lookEnd;
            default:
                throw new InvalidOperationException($"No step for {instruction.Op}.");
        }
    }

    private bool BackTrack(int bottom, ReadOnlySpan<char> text, ref int at, ref int next)
    {
        while (_frames.Count > bottom)
        {
            var frame = _frames[^1];
            _frames.RemoveAt(_frames.Count - 1);
            if (frame.Next < 0)
            {
                _registers[frame.Limit] = frame.Position;
                continue;
            }

            at = frame.Position;
            next = frame.Next;
            if (frame.Lazy is { } run)
            {
                if (!Take(run.Set!, text, ref at))
                {
                    continue;
                }

                if (frame.Limit != 1)
                {
                    _frames.Add(frame with { Position = at, Limit = frame.Limit - 1 });
                }
            }
            else if (frame.Limit >= 0 && at > frame.Limit)
            {
                // A greedy run gives back one code point; the frame is where it stands after that.
                CodePoints.Before(text, at, out var length);
                at -= length;
                if (at > frame.Limit)
                {
                    _frames.Add(frame with { Position = at });
                }
            }

            return true;
        }

        return false;
    }

    private bool TakeRun(RegexInstruction run, ReadOnlySpan<char> text, ref int at, ref int next)
    {
        next++;
        var count = 0;
        for (; count < run.First; count++)
        {
            if (!Take(run.Set!, text, ref at))
            {
                return false;
            }
        }

        if (run.Mode == RepeatMode.Lazy)
        {
            if (run.Second != run.First)
            {
                _frames.Add(new RegexFrame(next, at, run.Second < 0 ? -1 : run.Second - run.First, run));
            }

            return true;
        }

        var least = at;
        while (count != run.Second && Take(run.Set!, text, ref at))
        {
            count++;
        }

        _stepsLeft -= count >> 4;
        if (run.Mode == RepeatMode.Greedy && at > least)
        {
            _frames.Add(new RegexFrame(next, at, least, null));
        }

        return true;
    }

    private bool TakeAgain(RegexInstruction reference, ReadOnlySpan<char> text, ref int at)
    {
        var (start, end) = (_registers[reference.First], _registers[reference.Second]);
        if (start < 0 || end < start)
        {
            return false;
        }

        if (!reference.IgnoreCase)
        {
            var equal = text[at..].StartsWith(text[start..end], StringComparison.Ordinal);
            at += equal ? end - start : 0;
            return equal;
        }

        while (start < end)
        {
            if (at >= text.Length || !CaseVariants.Of(CodePoints.At(text, start, out var length)).Contains(CodePoints.At(text, at, out var taken)))
            {
                return false;
            }

            start += length;
            at += taken;
        }

        return true;
    }

    private bool Look(RegexInstruction look, ReadOnlySpan<char> text, int at)
    {
        var outer = _lookEnd;
        var found = false;
        foreach (var (program, least, most) in look.Programs)
        {
            var start = at;
            for (var back = 0; !found && back <= most; back++)
            {
                _lookEnd = at;
                found = back >= least && Run(program, text, start) >= 0;
                if (start == 0)
                {
                    break;
                }

                CodePoints.Before(text, start, out var length);
                start -= length;
            }

            if (found)
            {
                break;
            }
        }

        _lookEnd = outer;
        return found;
    }

    private static bool Take(CodePointSet set, ReadOnlySpan<char> text, ref int at)
    {
        if (at >= text.Length || !set.Contains(CodePoints.At(text, at, out var length)))
        {
            return false;
        }

        at += length;
        return true;
    }

    private static bool Holds(AnchorKind kind, ReadOnlySpan<char> text, int at) => kind switch
    {
        AnchorKind.LineStart => at == 0 || (text[at - 1] == '\n' && at < text.Length),
        AnchorKind.LineEnd => at == text.Length || text[at] == '\n',
        AnchorKind.TextStart => at == 0,
        AnchorKind.TextEnd => at == text.Length,
        AnchorKind.TextEndOrLastLineFeed => at == text.Length || (at == text.Length - 1 && text[at] == '\n'),
        AnchorKind.WordBoundary => AtWordBoundary(text, at),
        _ => !AtWordBoundary(text, at),
    };

    private static bool AtWordBoundary(ReadOnlySpan<char> text, int at)
    {
        var before = at > 0 && NamedSets.WordOutside.Contains(CodePoints.Before(text, at, out _));
        var after = at < text.Length && NamedSets.WordOutside.Contains(CodePoints.At(text, at, out _));
        return before != after;
    }
}
