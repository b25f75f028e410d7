using System.Security.Cryptography;
using Atropos.Sessions.V1;
using Google.Protobuf;

namespace Atropos.SessionTracker.Stores;

/// <summary>A turn as stores keep it: the record's bytes, and what lists need to know of it.</summary>
internal sealed record StoredTurn(
    string TurnId,
    string ParentId,
    int Choices,
    bool ContinuityFallback,
    double CreatedAt,
    byte[] Checksum,
    byte[] Record)
{
    private const int ChecksumSize = 16;

    public static StoredTurn Of(TurnRecord turn)
    {
        var record = turn.ToByteArray();
        var created = turn.CreatedAt is { } at ? at.Seconds + (at.Nanos / 1e9) : 0;
        return new StoredTurn(
            turn.TurnId, turn.ParentId, turn.Choices.Count, turn.ContinuityFallback, created, ChecksumOf(record), record);
    }

    public static TurnRecord Read(byte[] record, ReadOnlySpan<byte> checksum, string uuid, string turnId)
    {
        if (!checksum.SequenceEqual(ChecksumOf(record)))
        {
            throw new SessionStoreException($"The record of turn {turnId} of session {uuid} is damaged: its checksum does not agree.");
        }

        return RecordFormat.ReadTurn(record, uuid, turnId);
    }

    private static byte[] ChecksumOf(byte[] record) => SHA256.HashData(record)[..ChecksumSize];
}
