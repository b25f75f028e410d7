using System.Text;
using Atropos.ReferenceModel;
using Atropos.Tokenizer.V1;
using Atropos.TokenizerService.Output;
using Atropos.TokenizerService.Registry;

namespace Atropos.TokenizerService.Grpc;

/// <summary>The calls that give a tokenizer's vocabulary and configuration as they are written.</summary>
internal static class ConfigurationCalls
{
    private const string ConfigFile = "tokenizer_config.json";

    public static GetTokensResponse GetTokens(LoadedTokenizer loaded, GetTokensRequest request)
    {
        TokenIds.Check(request.TokenIds, "token_ids");
        var response = new GetTokensResponse();
        response.Tokens.AddRange(request.TokenIds.Select(id => loaded.Tokenizer.IdToToken(id) ?? ""));
        return response;
    }

    public static GetTokenizerConfigResponse GetTokenizerConfig(LoadedTokenizer loaded)
    {
        var response = new GetTokenizerConfigResponse { ConfigJson = ReadConfig(loaded.Location) };
        if (loaded.Tokenizer.Settings.ChatTemplate is { } template)
        {
            response.ChatTemplate = template;
        }

        return response;
    }

    // Read when it is asked for, which is seldom: some are large, and nothing else needs their text.
    private static string ReadConfig(string location)
    {
        if (location.Length == 0)
        {
            return Encoding.UTF8.GetString(ReferenceModelAssets.TokenizerConfigJson.Span);
        }

        var folder = Directory.Exists(location) ? location : Path.GetDirectoryName(location)!;
        var path = Path.Combine(folder, ConfigFile);
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }
}
