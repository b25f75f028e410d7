namespace Atropos.Benchmarks.Tokenizers.Texts;

/// <summary>Picks items with the frequencies of natural language: the n-th in proportion to 1/n.</summary>
internal sealed class ZipfSampler
{
    private readonly string[] _items;
    private readonly double[] _until;

    public ZipfSampler(IEnumerable<string> items)
    {
        _items = [.. items];
        _until = new double[_items.Length];
        var sum = 0.0;
        for (var index = 0; index < _items.Length; index++)
        {
            sum += 1.0 / (index + 2.7);
            _until[index] = sum;
        }
    }

    public string Next(Random random)
    {
        var at = Array.BinarySearch(_until, random.NextDouble() * _until[^1]);
        return _items[at < 0 ? Math.Min(~at, _items.Length - 1) : at];
    }
}
