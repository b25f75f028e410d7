using Microsoft.AspNetCore.Builder;

namespace Atropos.Edge;

/// <summary>Gives every request an id that client and services can speak of.</summary>
public static class RequestIds
{
    private const string Header = "x-request-id";
    private const int MostCharacters = 128;

    /// <summary>
    /// Takes the request's own <c>x-request-id</c> where it is up to 128 letters, digits, '-', '_', '.' or ':', else makes one, passes
    /// it on with the gRPC call and sends it back with every answer, errors included.
    /// </summary>
    /// <param name="app">The application; call this before its endpoints are mapped.</param>
    public static IApplicationBuilder UseRequestIds(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        var id = context.Request.Headers[Header].ToString();
        if (!IsSafe(id))
        {
            id = Guid.CreateVersion7().ToString("N");
            context.Request.Headers[Header] = id;
        }

        context.Response.Headers[Header] = id;
        return next(context);
    });

    private static bool IsSafe(string id) =>
        id.Length is > 0 and <= MostCharacters && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':');
}
