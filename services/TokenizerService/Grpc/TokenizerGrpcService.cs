using Atropos.Tokenizer.V1;
using Atropos.TokenizerService.Registry;
using Grpc.Core;

namespace Atropos.TokenizerService.Grpc;

/// <summary>The tokenizer service over gRPC: translates, and leaves the work to <see cref="TokenizerCalls"/>.</summary>
internal sealed class TokenizerGrpcService(TokenizerCalls calls, TokenizerRegistry registry)
    : Tokenizer.V1.TokenizerService.TokenizerServiceBase
{
    public override Task<EncodeResponse> Encode(EncodeRequest request, ServerCallContext context) =>
        Task.FromResult(calls.Encode(request));

    public override Task<DecodeResponse> Decode(DecodeRequest request, ServerCallContext context) =>
        Task.FromResult(calls.Decode(request));

    public override Task<RenderChatResponse> RenderChat(RenderChatRequest request, ServerCallContext context) =>
        Task.FromResult(calls.RenderChat(request));

    public override Task<ParseOutputResponse> ParseOutput(ParseOutputRequest request, ServerCallContext context) =>
        Task.FromResult(calls.ParseOutput(request));

    public override Task<GetTokenizerResponse> GetTokenizer(GetTokenizerRequest request, ServerCallContext context) =>
        Task.FromResult(calls.GetTokenizer(request));

    public override Task<GetVocabularyResponse> GetVocabulary(GetVocabularyRequest request, ServerCallContext context) =>
        Task.FromResult(registry.Get(request.Tokenizer).Vocabulary);

    public override Task<GetTokensResponse> GetTokens(GetTokensRequest request, ServerCallContext context) =>
        Task.FromResult(ConfigurationCalls.GetTokens(registry.Get(request.Tokenizer), request));

    public override Task<GetTokenizerConfigResponse> GetTokenizerConfig(GetTokenizerConfigRequest request, ServerCallContext context) =>
        Task.FromResult(ConfigurationCalls.GetTokenizerConfig(registry.Get(request.Tokenizer)));

    public override Task<ListTokenizersResponse> ListTokenizers(ListTokenizersRequest request, ServerCallContext context)
    {
        var response = new ListTokenizersResponse();
        response.Tokenizers.AddRange(registry.All.Select(loaded => loaded.Describe()));
        return Task.FromResult(response);
    }

    public override Task Exchange(
        IAsyncStreamReader<ExchangeRequest> requestStream,
        IServerStreamWriter<ExchangeResponse> responseStream,
        ServerCallContext context) =>
        new ExchangeSession(calls, responseStream).RunAsync(requestStream, context.CancellationToken);
}
