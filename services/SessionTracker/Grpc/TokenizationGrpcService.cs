using Atropos.Sessions.V1;
using Atropos.SessionTracker.Tokenization;
using Grpc.Core;

namespace Atropos.SessionTracker.Grpc;

/// <summary>Tokenizers over gRPC, in the forms of other servers' REST routes. One instance serves every call.</summary>
public sealed class TokenizationGrpcService : TokenizationService.TokenizationServiceBase
{
    private readonly VllmTokenization _vllm;
    private readonly LmdeployTokenization _lmdeploy;
    private readonly HappyVllmTokenization _happyVllm;

    internal TokenizationGrpcService(ModelTokenizers tokenizers)
    {
        _vllm = new VllmTokenization(tokenizers);
        _lmdeploy = new LmdeployTokenization(tokenizers);
        _happyVllm = new HappyVllmTokenization(tokenizers);
    }

    /// <inheritdoc/>
    public override Task<TokenizeResponse> Tokenize(TokenizeRequest request, ServerCallContext context) =>
        _vllm.TokenizeAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<DetokenizeResponse> Detokenize(DetokenizeRequest request, ServerCallContext context) =>
        _vllm.DetokenizeAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<GetTokenizerInfoResponse> GetTokenizerInfo(GetTokenizerInfoRequest request, ServerCallContext context) =>
        _vllm.GetInfoAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<EncodeTextsResponse> EncodeTexts(EncodeTextsRequest request, ServerCallContext context) =>
        _lmdeploy.EncodeAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<TokenizeTextResponse> TokenizeText(TokenizeTextRequest request, ServerCallContext context) =>
        _happyVllm.TokenizeAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<DecodeTokensResponse> DecodeTokens(DecodeTokensRequest request, ServerCallContext context) =>
        _happyVllm.DecodeAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<SplitTextResponse> SplitText(SplitTextRequest request, ServerCallContext context) =>
        _happyVllm.SplitAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<MeasureTextResponse> MeasureText(MeasureTextRequest request, ServerCallContext context) =>
        _happyVllm.MeasureAsync(request, context.CancellationToken);
}
