using Atropos.Hosting.InProcess;
using Atropos.Sessions.V1;
using Atropos.SessionTracker.Tests.Support;
using Atropos.TestSupport;
using Atropos.TokenizerService;
using Microsoft.Extensions.DependencyInjection;

namespace Atropos.SessionTracker.Tests.Tokenization;

/// <summary>
/// The tracker with the product's tokenizer service: the served model <c>base</c> has the embedded tokenizer, and
/// <see cref="SmallTokenizer"/> is loaded beside it as <c>small</c>, and without its chat template as <c>bare</c>.
/// </summary>
internal sealed class TokenizerFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _bare = new();
    private readonly ServiceProvider _services;

    public TokenizerFixture()
    {
        SmallTokenizer.WriteTo(_folder.Path);
        _bare.Write("tokenizer.json", SmallTokenizer.Json());
        _services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
            .AddTokenizerService(TokenizerServiceOptions.Parse(["embedded=reference", $"small={_folder.Path}", $"bare={_bare.Path}"]))
            .BuildServiceProvider();
        Tracker = new Tracker(otherTokenizer: new InProcessCallInvoker(new InProcessServices().AddTokenizerService(_services)));
        Tracker.Router.Models[0].Tokenizer = "embedded";
    }

    public Tracker Tracker { get; }

    public TokenizationService.TokenizationServiceClient Client => Tracker.Tokenization;

    public async ValueTask DisposeAsync()
    {
        await Tracker.DisposeAsync();
        await _services.DisposeAsync();
        _folder.Dispose();
        _bare.Dispose();
    }
}
