using Atropos.TestSupport;
using Atropos.Tokenizers.Hub;

namespace Atropos.Tokenizers.Tests;

public sealed class HubOptionsTests
{
    [Fact]
    public void FromEnvironment_of_nothing_is_the_public_hub_and_the_users_cache()
    {
        using var folder = new TemporaryFolder();
        var options = FromEnvironment(("XDG_CACHE_HOME", folder.Path));

        Assert.Equal("https://huggingface.co/", options.Endpoint.AbsoluteUri);
        Assert.Equal(folder.File("huggingface/hub"), options.CacheFolder);
        Assert.Equal((null, false, false), (options.Token, options.Offline, options.CheckForUpdates));
        Assert.EndsWith(Path.Combine(".cache", "huggingface", "hub"), FromEnvironment(("HF_TOKEN_PATH", folder.File("none"))).CacheFolder, StringComparison.Ordinal);
    }

    [Fact]
    public void FromEnvironment_takes_each_variable_and_the_token_file()
    {
        using var folder = new TemporaryFolder();
        folder.Write("token", "of-file\n");

        var home = FromEnvironment(("HF_HOME", folder.Path), ("HF_ENDPOINT", "http://mirror:8080/x/"), ("HF_HUB_OFFLINE", "yes"));
        var each = FromEnvironment(("HF_HOME", folder.Path), ("HF_HUB_CACHE", "/c"), ("HF_TOKEN", " given "));

        Assert.Equal((folder.File("hub"), "of-file", true, "http://mirror:8080/x/"), (home.CacheFolder, home.Token, home.Offline, home.Endpoint.AbsoluteUri));
        Assert.Equal(("/c", "given"), (each.CacheFolder, each.Token));
    }

    [Fact]
    public void FromEnvironment_refuses_an_endpoint_that_is_no_address() =>
        Assert.Contains("HF_ENDPOINT", Assert.Throws<FormatException>(() => FromEnvironment(("HF_ENDPOINT", "mirror"))).Message, StringComparison.Ordinal);

    private static HubOptions FromEnvironment(params (string Name, string Value)[] variables)
    {
        var byName = variables.ToDictionary(entry => entry.Name, entry => entry.Value);
        return HubOptions.FromEnvironment(name => byName.GetValueOrDefault(name));
    }
}
