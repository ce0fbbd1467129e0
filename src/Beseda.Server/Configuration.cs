namespace Beseda.Server;

/// <summary><c>beseda config check|defaults</c>: what can be set, and whether what is set is right.</summary>
internal static class Configuration
{
    private const string Defaults = """
        # Arguments of beseda run and their defaults
        --urls http://127.0.0.1:8080    addresses to listen on, separated by ;
        --data data                     the data folder
        --files DATA/files              the folder of what people attach; nodes share one
        --database sqlite               sqlite, or postgres://user:password@host:port,host:port/database
        --limits on                     rate limits; off for load tests
        --idle-accounts 600             seconds after which an account that nobody uses is dropped from memory
        --test-commit-delay 0           milliseconds by which every commit is slowed; for load tests

        # Settings (--Name=value, or the environment: Name=value with __ for :)
        Proxies:0 (none)                IP addresses of reverse proxies whose X-Forwarded-For is believed
        Outbound:Allow:0 (none)         networks, such as 10.1.0.0/16, that webhooks may reach besides the public internet
        Metrics:Allow:0 (none)          networks whose Prometheus may read /metrics; none: this machine only
        Files:MaxMegabytes 50           the largest file that is taken
        Files:S3:Endpoint (none)        host:port of an S3-compatible store, instead of --files; with Files:S3:Bucket, AccessKey and SecretKey
        Files:S3:Ssl true               false: plain HTTP
        OTEL_EXPORTER_OTLP_ENDPOINT     (none) where metrics and traces are sent
        Logging:LogLevel:Default        Information
        """;

    public static int Run(CommandLine line)
    {
        switch (line.Words)
        {
            case ["defaults"]:
                Console.WriteLine(Defaults);
                return 0;
            case ["check"]:
                var builder = WebApplication.CreateBuilder([.. line.Rest]);
                builder.AddBeseda(line);
                using (var app = (IDisposable)builder.Build())
                    Console.WriteLine("The configuration is right.");
                return 0;
            default:
                throw new FormatException("config check or config defaults.");
        }
    }
}
