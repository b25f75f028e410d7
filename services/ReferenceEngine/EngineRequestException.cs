namespace Atropos.ReferenceEngine;

/// <summary>A request that cannot be served; each dialect writes it in its own form.</summary>
internal sealed class EngineRequestException(int status, string message, string? parameter = null) : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>The request's field at fault, where it is one.</summary>
    public string? Parameter { get; } = parameter;

    public static EngineRequestException Bad(string message, string? parameter = null) => new(400, message, parameter);

    public static EngineRequestException UnknownModel(string model) =>
        new(404, $"The model `{model}` does not exist.", "model");
}
