namespace Atropos.Tokenizers.PreTokenizers;

/// <summary>Folds the alternation of matches and gaps of one piece into new pieces, by a split behaviour.</summary>
internal struct SplitFolder(PieceList pieces, SplitBehavior behavior)
{
    private bool _previousWasMatch;
    private bool _open;
    private int _start;
    private int _end;

    public void Begin()
    {
        _previousWasMatch = false;
        _open = false;
    }

    public void Add(int start, int end, bool isMatch)
    {
        switch (behavior)
        {
            case SplitBehavior.Isolated:
                pieces.Add(start, end);
                return;
            case SplitBehavior.Removed:
                if (!isMatch)
                {
                    pieces.Add(start, end);
                }

                return;
            default:
                break;
        }

        // MergedWithNext: a match takes in what follows it, unless that is a match too.
        var joins = _open && behavior switch
        {
            SplitBehavior.MergedWithPrevious => isMatch && !_previousWasMatch,
            SplitBehavior.MergedWithNext => _previousWasMatch && !isMatch,
            _ => isMatch == _previousWasMatch,
        };
        if (!joins)
        {
            End();
            _start = start;
            _open = true;
        }

        _end = end;
        _previousWasMatch = isMatch;
    }

    public void End()
    {
        if (_open)
        {
            pieces.Add(_start, _end);
            _open = false;
        }
    }
}
