using Atropos.Transcoding.Tests.V1;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Atropos.Transcoding.Tests.Support;

/// <summary>The service behind the tests. It mostly gives back what it got; a test sets what it needs otherwise.</summary>
internal sealed class Library : LibraryService.LibraryServiceBase
{
    public Func<Chat, IServerStreamWriter<Chat>, ServerCallContext, Task> OnStream { get; set; }
        = async (chat, stream, _) => await stream.WriteAsync(chat);

    public Func<GetBookRequest, ServerCallContext, Task<Book>>? OnGetBook { get; set; }

    public Metadata? LastHeaders { get; private set; }

    public UploadRequest? LastUpload { get; private set; }

    public override Task<Book> GetBook(GetBookRequest request, ServerCallContext context)
    {
        LastHeaders = context.RequestHeaders;
        return OnGetBook is null ? Task.FromResult(new Book { Name = request.Name }) : OnGetBook(request, context);
    }

    public override Task<ListBooksResponse> ListBooks(ListBooksRequest request, ServerCallContext context)
        => Task.FromResult(new ListBooksResponse { Seen = request.ToString() });

    public override Task<ListBooksResponse> ListBare(ListBooksRequest request, ServerCallContext context)
        => Task.FromResult(new ListBooksResponse { Books = { new Book { Name = "a" }, new Book { Name = "b", Pages = 3 } } });

    public override Task<Book> CreateBook(CreateBookRequest request, ServerCallContext context)
    {
        var book = request.Book ?? new Book();
        book.Name = $"{request.Shelf}/{request.Id}";
        return Task.FromResult(book);
    }

    public override Task<Book> PutBook(Book request, ServerCallContext context) => Task.FromResult(request);

    public override Task<Book> PatchBook(CreateBookRequest request, ServerCallContext context) => Task.FromResult(request.Book);

    public override Task<Empty> DeleteBook(GetBookRequest request, ServerCallContext context) => Task.FromResult(new Empty());

    public override Task<Book> LockBook(GetBookRequest request, ServerCallContext context)
        => Task.FromResult(new Book { Name = request.Name, Title = "locked" });

    public override Task<Book> PublishBook(GetBookRequest request, ServerCallContext context)
        => Task.FromResult(new Book { Name = request.Name, Title = "published" });

    public override Task<HttpBody> GetFile(GetBookRequest request, ServerCallContext context)
        => Task.FromResult(new HttpBody { ContentType = "text/plain", Data = ByteString.CopyFromUtf8(request.Name) });

    public override Task<Book> GetSpecial(GetBookRequest request, ServerCallContext context)
        => Task.FromResult(new Book { Title = "special" });

    public override Task<Book> Upload(UploadRequest request, ServerCallContext context)
    {
        LastUpload = request;
        return Task.FromResult(new Book { Name = request.Name });
    }

    public override async Task Download(GetBookRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context)
    {
        await responseStream.WriteAsync(new HttpBody { ContentType = "text/csv", Data = ByteString.CopyFromUtf8("a,b\n") });
        await responseStream.WriteAsync(new HttpBody { Data = ByteString.CopyFromUtf8("1,2\n") });
    }

    public override Task<Chat> Complete(Chat request, ServerCallContext context) => Task.FromResult(request);

    public override Task CompleteStream(Chat request, IServerStreamWriter<Chat> responseStream, ServerCallContext context)
        => OnStream(request, responseStream, context);

    public override Task<Rules> Echo(Rules request, ServerCallContext context) => Task.FromResult(request);

    public override Task EchoStream(Rules request, IServerStreamWriter<Rules> responseStream, ServerCallContext context)
        => responseStream.WriteAsync(request);
}
