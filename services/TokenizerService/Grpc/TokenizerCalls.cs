using Atropos.Tokenizer.V1;
using Atropos.TokenizerService.Output;
using Atropos.TokenizerService.Registry;
using Atropos.TokenizerService.Templates;

namespace Atropos.TokenizerService.Grpc;

/// <summary>The calls of the service, the same for unary methods and for the stream.</summary>
internal sealed class TokenizerCalls(TokenizerRegistry registry, ChatRenderer renderer, OutputStreamFactory outputs)
{
    public EncodeResponse Encode(EncodeRequest request)
    {
        var response = new EncodeResponse();
        response.TokenIds.AddRange(registry.Get(request.Tokenizer).Tokenizer.Encode(request.Text, request.AddSpecialTokens));
        return response;
    }

    public DecodeResponse Decode(DecodeRequest request)
    {
        var tokenizer = registry.Get(request.Tokenizer).Tokenizer;
        TokenIds.Check(request.TokenIds, "token_ids");
        return new DecodeResponse { Text = tokenizer.Decode([.. request.TokenIds], request.SkipSpecialTokens) };
    }

    public RenderChatResponse RenderChat(RenderChatRequest request) => renderer.Render(request);

    public ParseOutputResponse ParseOutput(ParseOutputRequest request)
    {
        var options = request.Options ?? new OutputOptions();
        if (request.OutputCase == ParseOutputRequest.OutputOneofCase.TokenIds)
        {
            TokenIds.Check(request.TokenIds.Ids, "token_ids.ids");
        }

        var ids = request.OutputCase switch
        {
            ParseOutputRequest.OutputOneofCase.TokenIds => [.. request.TokenIds.Ids],
            ParseOutputRequest.OutputOneofCase.Text =>
                registry.Get(options.Tokenizer).Tokenizer.Encode(request.Text, addSpecialTokens: false),
            _ => throw TokenizerErrors.Invalid("output", "is missing: send text or token_ids."),
        };
        return outputs.Open(options).ReadWhole(ids);
    }

    public GetTokenizerResponse GetTokenizer(GetTokenizerRequest request) =>
        new() { Info = registry.Get(request.Tokenizer).Describe() };

    public OutputStream OpenOutput(OpenOutput request) => outputs.Open(request.Options ?? new OutputOptions());
}
