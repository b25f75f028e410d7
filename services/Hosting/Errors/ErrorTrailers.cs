using System.Text;
using Grpc.Core;

namespace Atropos.Hosting.Errors;

/// <summary>The trailers that carry what a gRPC status has no room for.</summary>
public static class ErrorTrailers
{
    /// <summary>Key of the reason, an UPPER_SNAKE_CASE word.</summary>
    public const string ReasonKey = "atropos-error-reason";

    /// <summary>Key of the path of the request field at fault.</summary>
    public const string FieldKey = "atropos-error-field";

    /// <summary>Adds the trailers of an error.</summary>
    /// <param name="trailers">Where to add them.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="field">The field; null adds none.</param>
    public static void Write(Metadata trailers, string reason, string? field)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        trailers.Add(ReasonKey, reason);
        if (!string.IsNullOrEmpty(field))
        {
            trailers.Add(FieldKey, Printable(field));
        }
    }

    /// <summary>Reads the reason of a failed call.</summary>
    /// <param name="exception">The failure.</param>
    /// <returns>The reason; null where the call says none.</returns>
    public static string? ReadReason(RpcException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.Trailers.GetValue(ReasonKey);
    }

    /// <summary>Reads the field at fault of a failed call.</summary>
    /// <param name="exception">The failure.</param>
    /// <returns>The path of the field; null where the call says none.</returns>
    public static string? ReadField(RpcException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.Trailers.GetValue(FieldKey);
    }

    // A path may hold a key that a client made up; a header takes printable ASCII only.
    private static string Printable(string field)
    {
        if (field.All(c => c is >= ' ' and <= '~'))
        {
            return field;
        }

        var text = new StringBuilder(field.Length);
        foreach (var c in field)
        {
            text.Append(c is >= ' ' and <= '~' ? c : '?');
        }

        return text.ToString();
    }
}
