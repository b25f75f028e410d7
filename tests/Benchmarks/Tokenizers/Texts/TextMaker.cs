using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Atropos.TestSupport;

namespace Atropos.Benchmarks.Tokenizers.Texts;

/// <summary>
/// Texts of a kind and size, varied, as repetition flatters caches: prose of the words of the repository's documents and comments in
/// natural frequencies, its sources as code, made-up JSON, Chinese of common characters, and prompts of a chat. The same each time.
/// </summary>
internal sealed partial class TextMaker
{
    // Common characters in the order of their frequency in modern Chinese, as far as an order matters here.
    private const string Characters =
        "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔试模型训练推理网络语言";

    private const string Kana = "のにをはがとでもなたてしいるれかさまですあこそうっくけきつりよみんおらやえせちひわふ";

    private readonly ZipfSampler _words;
    private readonly ZipfSampler _chinese;
    private readonly string _code;

    public TextMaker()
    {
        string[] sources = [.. Files("*.cs", "*.proto", "*.mjs", "*.py").Select(File.ReadAllText)];
        string[] documents = [.. Files("*.md").Select(File.ReadAllText), .. sources.Select(source => string.Concat(Comment().Matches(source)))];
        _words = new ZipfSampler(documents
            .SelectMany(text => Word().Matches(text).Select(match => match.Value))
            .GroupBy(word => word, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Key));
        var random = new Random(11);
        random.Shuffle(sources);
        _code = string.Join('\n', sources);
        _chinese = new ZipfSampler(ChineseWords(random));
    }

    /// <summary>Texts of about <paramref name="bytes"/> bytes of UTF-8 each; other ones for each <paramref name="variant"/>.</summary>
    public string[] Make(TextKind kind, int bytes, int count, ChatForm chat, int variant = 0)
    {
        var texts = new string[count];
        for (var index = 0; index < count; index++)
        {
            var random = new Random((int)kind * 1_000_003 + (bytes * 31) + index + (variant * 7_000_003));
            var text = new StringBuilder();
            var size = 0;
            while (size < bytes)
            {
                var part = Part(kind, random, chat, bytes);
                text.Append(part);
                size += Encoding.UTF8.GetByteCount(part);
            }

            texts[index] = Cut(text.ToString(), bytes);
        }

        return texts;
    }

    private string Part(TextKind kind, Random random, ChatForm chat, int bytes) => kind switch
    {
        TextKind.Prose => Sentence(random),
        TextKind.Code => CodeAt(random, Math.Min(bytes, 20_000)),
        TextKind.Json => JsonObject(random, 2) + "\n",
        TextKind.Cjk => ChineseSentence(random),
        _ => chat.Turn(random.Next(2) == 0 ? "user" : "assistant", string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Sentence(random)))),
    };

    private string Sentence(Random random)
    {
        var text = new StringBuilder();
        for (var count = random.Next(4, 24); count > 0; count--)
        {
            var word = random.Next(40) == 0 ? random.Next(3000).ToString(CultureInfo.InvariantCulture) : _words.Next(random);
            text.Append(text.Length == 0 ? char.ToUpperInvariant(word[0]) + word[1..] : word);
            text.Append(count == 1 ? ". " : random.Next(10) == 0 ? ", " : " ");
        }

        if (random.Next(6) == 0)
        {
            text.Append("\n\n");
        }

        return text.ToString();
    }

    private string CodeAt(Random random, int length)
    {
        var start = random.Next(Math.Max(1, _code.Length - length));
        var line = _code.IndexOf('\n', start) + 1;
        return string.Concat(_code.AsSpan(line, Math.Min(length, _code.Length - line)), "\n");
    }

    private string JsonObject(Random random, int depth)
    {
        var members = Enumerable.Range(0, random.Next(2, 7)).Select(_ => $"\"{_words.Next(random)}\": {JsonValue(random, depth)}");
        return $"{{{string.Join(", ", members)}}}";
    }

    private string JsonValue(Random random, int depth) => random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => random.Next(100_000).ToString(CultureInfo.InvariantCulture),
        1 => random.NextDouble().ToString("G9", CultureInfo.InvariantCulture),
        2 => random.Next(3) switch { 0 => "true", 1 => "false", _ => "null" },
        3 => $"\"2026-{random.Next(1, 13):D2}-{random.Next(1, 29):D2}T{random.Next(24):D2}:{random.Next(60):D2}:00Z\"",
        4 => $"\"{Convert.ToHexStringLower(BitConverter.GetBytes(random.NextInt64()))}\"",
        5 => $"\"{Sentence(random).Trim()}\"",
        6 => $"[{string.Join(", ", Enumerable.Range(0, random.Next(1, 5)).Select(_ => JsonValue(random, depth - 1)))}]",
        _ => JsonObject(random, depth - 1),
    };

    private string ChineseSentence(Random random)
    {
        var text = new StringBuilder();
        for (var count = random.Next(5, 20); count > 0; count--)
        {
            text.Append(_chinese.Next(random));
            text.Append(count == 1 ? "。" : random.Next(7) == 0 ? "，" : "");
        }

        return text.ToString();
    }

    private static IEnumerable<string> ChineseWords(Random random)
    {
        for (var count = 0; count < 4000; count++)
        {
            var from = random.Next(12) == 0 ? Kana : Characters;
            var reach = Math.Min(from.Length, 20 + (count / 5));
            yield return string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => from[random.Next(reach)]));
        }
    }

    private static IEnumerable<string> Files(params string[] patterns) => patterns
        .SelectMany(pattern => Directory.EnumerateFiles(Repository.Root, pattern, SearchOption.AllDirectories))
        .Where(path => !Path.GetRelativePath(Repository.Root, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules" or ".git"))
        .Order(StringComparer.Ordinal);

    private static string Cut(string text, int bytes)
    {
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes -= rune.Utf8SequenceLength;
            if (bytes < 0)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }

    [GeneratedRegex("[A-Za-z][A-Za-z'-]*[A-Za-z]|[AaI]")]
    private static partial Regex Word();

    [GeneratedRegex("//[^\n]*\n")]
    private static partial Regex Comment();
}
