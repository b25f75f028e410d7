namespace Atropos.Tokenizers.Patterns;

/// <summary>Turns a parsed expression into instructions.</summary>
internal sealed class RegexCompiler(string source, int groups)
{
    private const int LargestProgram = 20_000;

    private int _emitted;

    /// <summary>The number of registers that the programs use.</summary>
    public int Registers { get; private set; } = (groups + 1) * 2;

    /// <param name="node">The expression.</param>
    /// <param name="endsAtLook">Whether a match must end where the look-behind that it belongs to stands.</param>
    public RegexInstruction[] Compile(RegexNode node, bool endsAtLook = false)
    {
        var code = new List<RegexInstruction>();
        Emit(node, code);
        if (endsAtLook)
        {
            code.Add(new RegexInstruction(RegexOp.EndOfLook));
        }

        code.Add(new RegexInstruction(RegexOp.Accept));
        return [.. code];
    }

    private FormatException Refuse(string what) => new($"expression {source}: {what} is not supported");

    private void Emit(RegexNode node, List<RegexInstruction> code)
    {
        // Parts without instructions of their own, and programs in programs, take time too.
        if (++_emitted > LargestProgram)
        {
            throw Refuse("repeating so much");
        }

        switch (node)
        {
            case RegexNode.One one:
                code.Add(new RegexInstruction(RegexOp.One) { Set = one.Set });
                break;
            case RegexNode.Concat concat:
                foreach (var part in concat.Parts)
                {
                    Emit(part, code);
                }

                break;
            case RegexNode.Choice choice:
                EmitChoice(choice, code);
                break;
            case RegexNode.Repeat { Inner: RegexNode.One single } repeat:
                code.Add(new RegexInstruction(RegexOp.Run) { Set = single.Set, First = repeat.Min, Second = repeat.Max, Mode = repeat.Mode });
                break;
            case RegexNode.Repeat { Mode: RepeatMode.Possessive } repeat:
                Emit(new RegexNode.Atomic(repeat with { Mode = RepeatMode.Greedy }), code);
                break;
            case RegexNode.Repeat repeat:
                EmitRepeat(repeat, code);
                break;
            case RegexNode.Capture capture:
                code.Add(new RegexInstruction(RegexOp.Save) { First = capture.Number * 2 });
                Emit(capture.Inner, code);
                code.Add(new RegexInstruction(RegexOp.Save) { First = (capture.Number * 2) + 1 });
                break;
            case RegexNode.BackReference reference:
                code.Add(new RegexInstruction(RegexOp.BackReference)
                {
                    First = reference.Number * 2,
                    Second = (reference.Number * 2) + 1,
                    IgnoreCase = reference.IgnoreCase,
                });
                break;
            case RegexNode.Cluster:
                code.Add(new RegexInstruction(RegexOp.Cluster));
                break;
            case RegexNode.Atomic atomic:
                code.Add(new RegexInstruction(RegexOp.Atomic) { Programs = [new RegexLook(Compile(atomic.Inner), 0, 0)] });
                break;
            case RegexNode.Look look:
                code.Add(new RegexInstruction(RegexOp.Look) { Negative = look.Negative, Programs = LookPrograms(look) });
                break;
            case RegexNode.Anchor anchor:
                code.Add(new RegexInstruction(RegexOp.Anchor) { Anchor = anchor.Kind });
                break;
            default:
                throw new InvalidOperationException($"No code for {node.GetType().Name}.");
        }
    }

    private void EmitChoice(RegexNode.Choice choice, List<RegexInstruction> code)
    {
        var jumps = new List<RegexInstruction>();
        for (var index = 0; index < choice.Branches.Count; index++)
        {
            if (index == choice.Branches.Count - 1)
            {
                Emit(choice.Branches[index], code);
                break;
            }

            var fork = new RegexInstruction(RegexOp.Fork) { First = code.Count + 1, Set = RegexAnalysis.First(choice.Branches[index]) };
            code.Add(fork);
            Emit(choice.Branches[index], code);
            var jump = new RegexInstruction(RegexOp.Jump);
            jumps.Add(jump);
            code.Add(jump);
            fork.Second = code.Count;
        }

        foreach (var jump in jumps)
        {
            jump.First = code.Count;
        }
    }

    private void EmitRepeat(RegexNode.Repeat repeat, List<RegexInstruction> code)
    {
        for (var count = 0; count < repeat.Min; count++)
        {
            Emit(repeat.Inner, code);
        }

        var forks = new List<(RegexInstruction Fork, int Inside)>();
        var rounds = repeat.Max < 0 ? 1 : repeat.Max - repeat.Min;
        for (var count = 0; count < rounds; count++)
        {
            var start = code.Count;
            var fork = new RegexInstruction(RegexOp.Fork);
            code.Add(fork);
            forks.Add((fork, code.Count));
            if (repeat.Max >= 0)
            {
                Emit(repeat.Inner, code);
                continue;
            }

            var register = Registers++;
            code.Add(new RegexInstruction(RegexOp.Save) { First = register });
            Emit(repeat.Inner, code);
            code.Add(new RegexInstruction(RegexOp.Progress) { First = register });
            code.Add(new RegexInstruction(RegexOp.Jump) { First = start });
        }

        foreach (var (fork, inside) in forks)
        {
            (fork.First, fork.Second) = repeat.Mode == RepeatMode.Lazy ? (code.Count, inside) : (inside, code.Count);
        }
    }

    private RegexLook[] LookPrograms(RegexNode.Look look)
    {
        if (!look.Behind)
        {
            return [new RegexLook(Compile(look.Inner), 0, 0)];
        }

        var branches = look.Inner is RegexNode.Choice choice ? choice.Branches : [look.Inner];
        return [.. branches.Select(Behind)];
    }

    private RegexLook Behind(RegexNode branch)
    {
        var (least, most) = RegexAnalysis.Lengths(branch);
        return new RegexLook(Compile(branch, endsAtLook: least != most), least, most ?? int.MaxValue);
    }
}
