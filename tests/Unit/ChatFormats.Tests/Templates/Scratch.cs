namespace Atropos.ChatFormats.Tests.Templates;
public sealed class Scratch
{
    [Fact]
    public void Dump()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var lines = new List<string>();
        foreach (var name in RecordedTemplates.Names)
        {
            var template = RecordedTemplates.Load(name, new Dictionary<string, string> { ["bos_token"] = "<s>", ["eos_token"] = "</s>" });
            watch.Restart();
            var t = template.Traits;
            lines.Add($"{name} {(t.ContentAsParts ? "openai" : "string")} args={(t.ArgumentsAsObject ? "object" : "STRING")} none={t.ContentOfCalls} ids={t.PrintsCallIds} textargs={t.ReadsTextArguments} reads={t.ReadsParts} roles={string.Join(',', t.StringRoles.Order())} {watch.Elapsed.TotalMilliseconds:0.0}ms");
        }
        File.WriteAllLines("/tmp/traits/ours.txt", lines);
    }
}
