using System.Security.Cryptography;

namespace Atropos.ChatFormats;

/// <summary>Ids for tool calls.</summary>
public static class CallIds
{
    /// <summary>A new id: <c>call_</c> and 24 random hexadecimal digits.</summary>
    public static string Random() => "call_" + RandomNumberGenerator.GetHexString(24, lowercase: true);
}
