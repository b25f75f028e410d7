using System.Text;
using Atropos.Benchmarks.Tokenizers.Texts;
using BenchmarkDotNet.Attributes;

namespace Atropos.Benchmarks.Tokenizers;

/// <summary>What a call allocates: nothing but its result, once the thread has made its buffers.</summary>
[MemoryDiagnoser]
public class AllocationBenchmarks
{
    private readonly List<int> _ids = [];
    private readonly StringBuilder _output = new();
    private Atropos.Tokenizers.Tokenizer _tokenizer = null!;
    private string _text = "";
    private int[] _encoded = [];

    /// <summary>The name of the tokenizer.</summary>
    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    public static IEnumerable<string> Names => AllocationRun.Files.Select(file => file.Name);

    [GlobalSetup]
    public void Setup()
    {
        var file = AllocationRun.Files.Single(file => file.Name == Name);
        _tokenizer = file.Load();
        _text = new TextMaker().Make(TextKind.Prose, 10_000, 1, ChatForm.Of(File.ReadAllBytes(file.Path)))[0];
        _encoded = _tokenizer.Encode(_text, addSpecialTokens: false);
    }

    [Benchmark(Description = "Encode into a list")]
    public int EncodeIntoList()
    {
        _ids.Clear();
        _tokenizer.Encode(_text, addSpecialTokens: false, _ids);
        return _ids.Count;
    }

    [Benchmark(Description = "Encode to an array")]
    public int[] EncodeToArray() => _tokenizer.Encode(_text, addSpecialTokens: false);

    [Benchmark(Description = "The array alone")]
    public int[] ArrayAlone() => new int[_encoded.Length];

    [Benchmark(Description = "Decode")]
    public string Decode() => _tokenizer.Decode(_encoded, skipSpecialTokens: false);

    [Benchmark(Description = "The string alone")]
    public string StringAlone() => new(' ', _text.Length);

    [Benchmark(Description = "Decode token by token")]
    public int DecodeTokenByToken()
    {
        _output.Clear();
        var decoder = _tokenizer.CreateDecoder(skipSpecialTokens: false);
        foreach (var id in _encoded)
        {
            decoder.Append(id, _output);
        }

        decoder.Flush(_output);
        return _output.Length;
    }
}
