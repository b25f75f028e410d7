namespace Atropos.Jinja.Runtime;

/// <summary>What one rendering has used of its limits.</summary>
internal abstract class Budget
{
    /// <summary>Steps between two looks at the clock and the cancellation.</summary>
    private const int CheckInterval = 1024;

    private const int ObjectOverhead = 48;

    [ThreadStatic]
    private static Budget? _current;

    private readonly Budget? _outer;
    private readonly CancellationToken _cancellation;
    private readonly long _deadline;
    private readonly long _maxMemory;
    private long _steps;
    private long _nextCheck;
    private long _memory;
    private int _depth;

    protected Budget(TemplateLimits limits, TimeProvider clock, CancellationToken cancellation)
    {
        Limits = limits;
        MaxText = limits.MaxOutputLength;
        _maxMemory = limits.MaxMemory;
        TimeProvider = clock;
        _cancellation = cancellation;
        _deadline = limits.MaxTime == Timeout.InfiniteTimeSpan
            ? long.MaxValue
            : clock.GetTimestamp() + (long)(limits.MaxTime.TotalSeconds * clock.TimestampFrequency);
        _nextCheck = Math.Min(CheckInterval, limits.MaxSteps);
        _outer = _current;
        _current = this;
    }

    /// <summary>The rendering that runs on this thread, for what compares, hashes or prints values without a context at hand;
    /// null where values are used outside of a rendering.</summary>
    public static Budget? Current => _current;

    public TemplateLimits Limits { get; }

    /// <summary>The most characters of a text.</summary>
    protected int MaxText { get; }

    /// <summary>Bytes counted so far.</summary>
    protected long Memory => _memory;

    public TimeProvider TimeProvider { get; }

    /// <summary>Counts one unit of work.</summary>
    public void Step() => Charge(1);

    /// <summary>Counts work in proportion to what is copied or visited.</summary>
    public void Charge(long units)
    {
        if ((_steps += units) > _nextCheck)
        {
            Check();
        }
    }

    /// <summary>Counts work on so many characters.</summary>
    public void ChargeScan(long characters) => Charge(characters >> 4);

    /// <summary>Counts memory that is allocated; memory that is no longer used stays counted.</summary>
    public void ChargeMemory(long bytes)
    {
        if ((_memory += bytes) > _maxMemory)
        {
            throw TooMuch();
        }
    }

    /// <summary>Refuses a text that would be too long. It counts nothing, so that it may be asked again and again while a text grows.</summary>
    public void CheckText(Int128 length)
    {
        if (length > MaxText)
        {
            throw TooLong();
        }
    }

    /// <summary>Counts the work and the objects of calling a built-in on <paramref name="self"/>.</summary>
    protected void ChargeCall(object? self)
    {
        ChargeMemory(2 * ObjectOverhead);
        if (self is string text)
        {
            ChargeScan(text.Length);
        }
    }

    /// <summary>Counts what a built-in made, as far as it did not count it itself.</summary>
    /// <param name="self">What it was called on.</param>
    /// <param name="result">What it gave.</param>
    /// <param name="before"><see cref="Memory"/> before the call.</param>
    protected void ChargeResult(object? self, object? result, long before)
    {
        if (ReferenceEquals(self, result))
        {
            return;
        }

        var size = result switch
        {
            string text => self is string or Markup ? 2L * text.Length : 0,
            bool => 0,
            Markup markup => 2L * markup.Value.Length,
            JinjaSequence sequence => (long)sequence.Count * IntPtr.Size,
            _ => 0,
        };
        if (size > _memory - before)
        {
            ChargeMemory(size - (_memory - before));
        }
    }

    /// <summary>Counts a string about to be made.</summary>
    public void ChargeText(Int128 length)
    {
        CheckText(length);
        ChargeScan((long)length);
        ChargeMemory((2 * (long)length) + ObjectOverhead);
    }

    /// <summary>Counts a list about to be made.</summary>
    public void ChargeItems(Int128 count)
    {
        if (count > Limits.MaxRangeSize)
        {
            throw new TemplateLimitException(
                nameof(TemplateLimits.MaxRangeSize),
                $"The template makes a list of more than {Limits.MaxRangeSize} items; raise {nameof(TemplateLimits.MaxRangeSize)} if it may.");
        }

        ChargeObjects((long)count);
    }

    /// <summary>Counts an array of so many references.</summary>
    public void ChargeObjects(long count)
    {
        Charge(count >> 4);
        ChargeMemory((count * IntPtr.Size) + ObjectOverhead);
    }

    /// <summary>Counts the parts that a text is about to be cut into.</summary>
    public void ChargeParts(long count, long characters)
    {
        Charge(count + (characters >> 4));
        ChargeMemory((count * (ObjectOverhead + IntPtr.Size)) + (2 * characters));
    }

    /// <summary>Enters a macro or recursive loop.</summary>
    public void EnterCall()
    {
        Step();
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (++_depth > Limits.MaxRecursionDepth)
        {
            throw new TemplateLimitException(
                nameof(TemplateLimits.MaxRecursionDepth),
                $"Macro calls are nested more than {Limits.MaxRecursionDepth} deep; raise {nameof(TemplateLimits.MaxRecursionDepth)} if they may be.");
        }
    }

    public void LeaveCall() => _depth--;

    private TemplateLimitException TooMuch() => new(
        nameof(TemplateLimits.MaxMemory),
        $"The template allocates more than {Limits.MaxMemory} bytes; raise {nameof(TemplateLimits.MaxMemory)} if it may.");

    protected TemplateLimitException TooLong() => new(
        nameof(TemplateLimits.MaxOutputLength),
        $"The template makes a text of more than {Limits.MaxOutputLength} characters; raise {nameof(TemplateLimits.MaxOutputLength)} if it may.");

    /// <summary>The thread goes back to the rendering around this one, if any.</summary>
    protected void Leave() => _current = _outer;

    /// <summary>Looks at the clock, the cancellation and the steps now.</summary>
    public void Check()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_steps > Limits.MaxSteps)
        {
            throw new TemplateLimitException(
                nameof(TemplateLimits.MaxSteps),
                $"The template does more than {Limits.MaxSteps} steps of work; raise {nameof(TemplateLimits.MaxSteps)} if it may.");
        }

        if (_deadline != long.MaxValue && TimeProvider.GetTimestamp() > _deadline)
        {
            throw new TemplateLimitException(
                nameof(TemplateLimits.MaxTime),
                $"The template takes longer than {Limits.MaxTime}; raise {nameof(TemplateLimits.MaxTime)} if it may.");
        }

        _nextCheck = Math.Min(_steps + CheckInterval, Limits.MaxSteps);
    }
}
