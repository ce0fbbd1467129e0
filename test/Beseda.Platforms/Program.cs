using System.Globalization;
using Beseda.Platforms;
using Beseda.Platforms.Playground;

// [--urls http://127.0.0.1:8090] [--pace SECONDS] [--connect http://127.0.0.1:8080 --email ADMIN --password PASSWORD]
var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
var address = new Uri(settings["urls"] ?? "http://127.0.0.1:8090");
var pace = double.Parse(settings["pace"] ?? "1", CultureInfo.InvariantCulture);
// A new town has new people: nobody of the last one, whom a server may still know.
await using var town = await Town.StartAsync(address, pace, Environment.TickCount);
Console.WriteLine($"Messengers   {town.Address}");
if (settings["connect"] is { } beseda)
{
    await new Company(town).ConnectAsync(new Uri(beseda), settings["email"] ?? "", settings["password"] ?? "");
    Console.WriteLine($"Four messengers are connected: be an operator at {new Uri(new Uri(beseda), "console")} and their customers at {town.Address}");
}

await town.WaitAsync();
