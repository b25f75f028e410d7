namespace Atropos.Transcoding.Errors;

/// <summary>A request that cannot be answered, with all that its error body says.</summary>
internal sealed class TranscodingException : Exception
{
    public TranscodingException(int httpStatus, string type, string message, string? parameter = null, string? code = null)
        : base(message)
    {
        HttpStatus = httpStatus;
        Type = type;
        Parameter = parameter;
        Code = code;
    }

    /// <summary>The status of the HTTP response.</summary>
    public int HttpStatus { get; }

    /// <summary>The error's kind, one of <see cref="ErrorTypes"/>.</summary>
    public string Type { get; }

    /// <summary>The path of the field that is wrong, as in <c>messages[2].content</c>.</summary>
    public string? Parameter { get; }

    /// <summary>A word for programs, or null.</summary>
    public string? Code { get; }

    /// <summary>The error of a request whose content is wrong: status 400.</summary>
    public static TranscodingException Invalid(string message, string? parameter = null, string? code = null)
        => new(400, ErrorTypes.InvalidRequest, message, parameter, code);
}
