using System.Text.Json;
using System.Text.Json.Serialization;
using Beseda.Protocol;
using Beseda.Workplace.Browsing;

namespace Beseda.Workplace.Conversations;

public enum Uploading { Underway, Ready, Failed }

/// <summary>A file that will go with the next message.</summary>
/// <param name="Key">The browser's name for it.</param>
/// <param name="Preview">A small picture, as a <c>data:</c> address.</param>
/// <param name="Why">The refusal's code, once failed; empty: it could not be reached.</param>
public sealed record Attached(
    string Key, long Conversation, string Name, long Size, string ContentType, string? Preview = null, int Percent = 0,
    Uploading State = Uploading.Underway, FileLink? Link = null, string? Why = null);

/// <summary>
/// Files picked for the next message of each conversation. The browser holds and uploads them; what is uploaded survives a
/// reload, what is underway survives a lost connection.
/// </summary>
public sealed class Tray
{
    private readonly Browser browser;
    private readonly IStorage storage;
    private readonly List<Attached> items = [];
    private string prefix = "";

    public Tray(Browser browser, IStorage storage, Live live)
    {
        (this.browser, this.storage) = (browser, storage);
        browser.Picked += Add;
        browser.Uploading += (key, percent) => Change(key, item => item with { Percent = percent });
        browser.Uploaded += Arrive;
        browser.NotUploaded += (key, code) => Change(key, item => item with { State = Uploading.Failed, Why = code });
        live.Reconnected += () => items.FindAll(item => item is { State: Uploading.Failed, Why: "" }).ForEach(item => Retry(item.Key));
    }

    public event Action? Changed;

    public IEnumerable<Attached> Of(long conversation) => items.Where(item => item.Conversation == conversation);

    /// <summary>Takes up what was uploaded and not sent before a reload.</summary>
    /// <param name="owner">An operator of an account.</param>
    public void Open(string owner)
    {
        if (prefix == $"beseda.files.{owner}.") return;
        items.ForEach(item => browser.DropFile(item.Key));
        items.Clear();
        prefix = $"beseda.files.{owner}.";
        items.AddRange(storage.All(prefix).Select(json => JsonSerializer.Deserialize(json, TrayJson.Default.Attached)!).OrderBy(item => item.Key, StringComparer.Ordinal));
        Changed?.Invoke();
    }

    public void Retry(string key)
    {
        Change(key, item => item with { State = Uploading.Underway, Percent = 0, Why = null });
        browser.RetryFile(key);
    }

    public void Remove(string key)
    {
        items.RemoveAll(item => item.Key == key);
        storage.Remove(prefix + key);
        browser.DropFile(key);
        Changed?.Invoke();
    }

    /// <summary>What is uploaded goes with a message, and is here no more.</summary>
    public IReadOnlyList<FileLink> Take(long conversation)
    {
        var ready = Of(conversation).Where(item => item.State == Uploading.Ready).ToList();
        foreach (var item in ready)
        {
            items.Remove(item);
            storage.Remove(prefix + item.Key);
        }
        if (ready.Count > 0) Changed?.Invoke();
        return [.. ready.Select(item => item.Link!)];
    }

    private void Add(Attached item)
    {
        items.Add(item);
        Changed?.Invoke();
    }

    private void Arrive(string key, string json)
    {
        var link = Read(json);
        Change(key, item => link is null
            ? item with { State = Uploading.Failed, Why = "unknown" }
            : item with { State = Uploading.Ready, Percent = 100, Link = link });
        if (link is not null && items.Find(item => item.Key == key) is { } ready)
            storage.Set(prefix + key, JsonSerializer.Serialize(ready, TrayJson.Default.Attached));
    }

    private static FileLink? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Reading.Of<FileLink>());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Change(string key, Func<Attached, Attached> how)
    {
        var at = items.FindIndex(item => item.Key == key);
        if (at < 0) return;
        items[at] = how(items[at]);
        Changed?.Invoke();
    }
}

[JsonSerializable(typeof(Attached))]
internal sealed partial class TrayJson : JsonSerializerContext;
