using System.Xml.Linq;
using Atropos.TestSupport;

namespace Atropos.Integration.Tests.Architecture;

/// <summary>The arrows between services: edge → session-tracker → { tokenizer, inference-router → engines }.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly string Services = Path.Combine(Repository.Root, "services");

    [Theory]
    [InlineData("TokenTree")]
    [InlineData("Tokenizers")]
    [InlineData("Jinja")]
    [InlineData("ChatFormats", "Jinja", "Tokenizers")]
    public void A_pure_library_refers_to_pure_ones_only_and_to_no_framework(string project, params string[] allowed)
    {
        var document = Load(project);

        Assert.Empty(References(project).Except(allowed, StringComparer.Ordinal));
        Assert.Empty(document.Descendants("FrameworkReference"));
        Assert.Empty(document.Descendants("GrpcNeeds"));
    }

    [Theory]
    [InlineData("Transcoding", "Protocol")]
    [InlineData("Hosting", "Protocol")]
    [InlineData("Edge", "Protocol", "Hosting", "Transcoding")]
    [InlineData("SessionTracker", "Protocol", "Hosting", "TokenTree")]
    [InlineData("TokenizerService", "Protocol", "Hosting", "Tokenizers", "Jinja", "ChatFormats", "ReferenceModel")]
    [InlineData("InferenceRouter", "Protocol", "Hosting")]
    [InlineData("ReferenceModel", "Tokenizers")]
    [InlineData("ReferenceEngine", "ReferenceModel", "Tokenizers", "Jinja")]
    public void A_service_refers_only_to_what_it_may_know(string project, params string[] allowed) =>
        Assert.Empty(References(project).Except(allowed, StringComparer.Ordinal));

    [Fact]
    public void Every_library_is_in_these_rules()
    {
        string[] ruled =
        [
            "TokenTree", "Tokenizers", "Jinja", "ChatFormats", "Transcoding", "Hosting", "Edge", "SessionTracker", "TokenizerService",
            "InferenceRouter", "ReferenceModel", "ReferenceEngine", "Protocol", "Standalone",
        ];

        var all = Directory.GetDirectories(Services).Select(folder => Path.GetFileName(folder)!)
            .Where(name => !name.EndsWith(".Host", StringComparison.Ordinal));

        Assert.Equal(ruled.Order(), all.Order());
    }

    private static XDocument Load(string project) => XDocument.Load(Path.Combine(Services, project, $"Atropos.{project}.csproj"));

    private static IEnumerable<string> References(string project) =>
        Load(project).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)["Atropos.".Length..]);
}
