using Atropos.Hosting;

namespace Atropos.InferenceRouter.Configuration;

/// <summary>Reads a <c>servers.json</c>: the engines that a trainer started, and the model that they serve.</summary>
public static class ServersFile
{
    /// <summary>Reads the file.</summary>
    /// <param name="path">Where it is.</param>
    /// <returns>Options that are whole and valid.</returns>
    /// <exception cref="ServersFileException">It cannot be read, or something in it is wrong; all problems are named.</exception>
    public static InferenceRouterOptions Load(string path)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ServersFileException(path, [$"cannot be read: {failure.Message}"]);
        }

        return Parse(content, Path.GetFileName(path));
    }

    /// <summary>Reads the file that a host's option names.</summary>
    /// <param name="option">The option, as the user writes it.</param>
    /// <param name="path">Where the file is.</param>
    /// <returns>Options that are whole and valid.</returns>
    /// <exception cref="BadOptionException">It cannot be read, or something in it is wrong; all problems are named.</exception>
    public static InferenceRouterOptions LoadOption(string option, string path)
    {
        try
        {
            return Load(path);
        }
        catch (ServersFileException failure)
        {
            throw new BadOptionException(option, failure.Message, failure);
        }
    }

    /// <summary>Reads the content of such a file.</summary>
    /// <param name="content">UTF-8 JSON; comments and trailing commas are allowed.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <returns>Options that are whole and valid.</returns>
    /// <exception cref="ServersFileException">Something in it is wrong; all problems are named.</exception>
    public static InferenceRouterOptions Parse(ReadOnlyMemory<byte> content, string name = "servers.json")
    {
        var reader = new ServersFileReader();
        var options = reader.Read(content);
        return reader.Problems.Count == 0 ? options : throw new ServersFileException(name, reader.Problems);
    }
}
