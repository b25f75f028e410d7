using System.Diagnostics.CodeAnalysis;

namespace Grpc.Core.Utils;

/// <summary>Checks of arguments and state.</summary>
public static class GrpcPreconditions
{
    /// <summary>Checks an argument.</summary>
    /// <param name="condition">What has to hold.</param>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static void CheckArgument([DoesNotReturnIf(false)] bool condition)
    {
        if (!condition)
        {
            throw new ArgumentException();
        }
    }

    /// <summary>Checks an argument.</summary>
    /// <param name="condition">What has to hold.</param>
    /// <param name="errorMessage">What to say where it does not.</param>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static void CheckArgument([DoesNotReturnIf(false)] bool condition, string errorMessage)
    {
        if (!condition)
        {
            throw new ArgumentException(errorMessage);
        }
    }

    /// <summary>Checks that a reference is not null.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="reference">The reference.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public static T CheckNotNull<T>(T reference)
    {
        if (reference is null)
        {
            throw new ArgumentNullException();
        }

        return reference;
    }

    /// <summary>Checks that a reference is not null.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="reference">The reference.</param>
    /// <param name="paramName">Name of the parameter it came in.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public static T CheckNotNull<T>(T reference, string paramName)
    {
        if (reference is null)
        {
            throw new ArgumentNullException(paramName);
        }

        return reference;
    }

    /// <summary>Checks the state of an object.</summary>
    /// <param name="condition">What has to hold.</param>
    /// <exception cref="InvalidOperationException">It does not.</exception>
    public static void CheckState([DoesNotReturnIf(false)] bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException();
        }
    }

    /// <summary>Checks the state of an object.</summary>
    /// <param name="condition">What has to hold.</param>
    /// <param name="errorMessage">What to say where it does not.</param>
    /// <exception cref="InvalidOperationException">It does not.</exception>
    public static void CheckState([DoesNotReturnIf(false)] bool condition, string errorMessage)
    {
        if (!condition)
        {
            throw new InvalidOperationException(errorMessage);
        }
    }
}
