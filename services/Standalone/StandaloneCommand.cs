using System.CommandLine;
using Atropos.TokenizerService;

namespace Atropos.Standalone;

/// <summary>The command line.</summary>
internal sealed class StandaloneCommand
{
    private readonly Option<string> _host = new("--host")
    {
        Description = "Address to listen on; * for all.",
        DefaultValueFactory = _ => "localhost",
    };

    private readonly Option<int> _port = new("--port")
    {
        Description = "Port for REST; 0 for any free one.",
        DefaultValueFactory = _ => 9100,
    };

    private readonly Option<int?> _grpcPort = new("--grpc-port")
    {
        Description = "Port for gRPC (HTTP/2 without TLS); 0 for any free one. Default: the one after --port.",
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "Atropos's servers.json: {\"model_name\", \"tokenizer_name\", \"servers\": [{\"base_url\", \"server_type\", ...}]}. "
            + "tokenizer_name is the NAME of a --tokenizer, or a LOCATION as there. Default: the embedded reference engine.",
    };

    private readonly Option<string> _store = new("--store")
    {
        Description = "File that sessions are kept in (SQLite); 'memory' keeps them no longer than the process.",
        DefaultValueFactory = _ => "atropos.db",
    };

    private readonly TokenizerCommandOptions _tokenizers = new("they are served beside those of the models.");

    private readonly Option<double> _tokensPerSecond = new("--engine-tokens-per-second")
    {
        Description = "How fast the embedded engine generates each sequence; 0 as fast as it can.",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<ulong?> _seed = new("--engine-seed")
    {
        Description = "Seeds the requests to the embedded engine that bring no seed of their own, in the order of their arrival.",
    };

    public RootCommand Create()
    {
        var command = new RootCommand(
            "Atropos.Grpc: turns any agent that speaks the OpenAI API into exact training data. REST, gRPC and engine in one process.")
        {
            _port, _grpcPort, _host, _config, _store,
        };
        foreach (var option in (Option[])[.. _tokenizers.All, _tokensPerSecond, _seed])
        {
            command.Options.Add(option);
        }

        return command;
    }

    public StandaloneOptions Read(ParseResult result) => new()
    {
        Host = result.GetRequiredValue(_host),
        Port = result.GetRequiredValue(_port),
        GrpcPort = result.GetValue(_grpcPort),
        Config = result.GetValue(_config),
        Store = result.GetRequiredValue(_store),
        Tokenizers = () => _tokenizers.Read(result),
        EngineTokensPerSecond = result.GetRequiredValue(_tokensPerSecond),
        EngineSeed = result.GetValue(_seed),
    };
}
