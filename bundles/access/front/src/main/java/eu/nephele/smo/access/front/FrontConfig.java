// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(
        name = "SMO access: front",
        description = "How much the HTTP server takes at once, how slowly it may come, and TLS.")
@interface FrontConfig {

    String PID = "eu.nephele.smo.access.front";

    @AttributeDefinition(
            name = "Requests at once",
            description =
                    "Requests that are served at once; further ones wait up to 10 s for their turn, then are answered"
                            + " 503 with Retry-After. Health checks, metrics and streams of events do not count. The HTTP server"
                            + " has 200 threads, so some are left for them.",
            min = "1",
            max = "180")
    int maxRequests() default 150;

    @AttributeDefinition(
            name = "Changes at once",
            description =
                    "Requests with the methods POST, PUT and PATCH that are served at once; further ones wait as above."
                            + " More than the calls that wait for their work (maxWaits), else nothing is accepted meanwhile.",
            min = "1",
            max = "180")
    int maxChanges() default 40;

    @AttributeDefinition(
            name = "Removals at once",
            description = "Requests with the method DELETE that are served at once; further ones wait as above.",
            min = "1",
            max = "180")
    int maxRemovals() default 16;

    @AttributeDefinition(
            name = "Reads at once",
            description =
                    "Requests with the methods GET and HEAD that are served at once; further ones wait as above. Streams"
                            + " of events and requests that wait for an end do not count. More are not answered sooner, but take"
                            + " threads and heap.",
            min = "1",
            max = "180")
    int maxReads() default 32;

    @AttributeDefinition(
            name = "Connections",
            description = "Connections that are open at once; a further one is answered 503 and closed.",
            min = "1",
            max = "100000")
    int maxConnections() default 5_000;

    @AttributeDefinition(
            name = "Connections per address",
            description =
                    "Connections from one address, or one /64 network of IPv6, that are open at once; a further one is answered 503 and closed."
                            + " All users of a proxy have its address.",
            min = "1",
            max = "100000")
    int maxConnectionsPerAddress() default 3_000;

    @AttributeDefinition(
            name = "Time for headers",
            description = "Seconds within which the header fields of a request have to be there from its first byte on;"
                    + " else it is answered 408 and the connection is closed.",
            min = "1",
            max = "600")
    int headerSeconds() default 15;

    @AttributeDefinition(
            name = "Time for a body",
            description =
                    "Seconds within which a body of up to 1 MiB, or the first MiB of a larger one, has to be there;"
                            + " else the request is answered 408. No thread waits for it.",
            min = "1",
            max = "3600")
    int bodySeconds() default 60;

    @AttributeDefinition(
            name = "Least rate",
            description =
                    "Bytes per second that a body has to come with on average, after 10 s; a slower one is answered"
                            + " 408, and so is one of which nothing comes for 15 s. 0 for any rate.",
            min = "0",
            max = "1000000")
    int minBytesPerSecond() default 1_000;

    @AttributeDefinition(
            name = "Large bodies at once",
            description = "Requests with more than 1 MiB of body that are served at once, each holds a thread while it"
                    + " comes; a further one is answered 503 with Retry-After.",
            min = "1",
            max = "100")
    int maxLargeBodies() default 16;

    @AttributeDefinition(
            name = "Memory for bodies",
            description =
                    "Percent of the largest heap that the bodies of all requests may take together, and half of it those"
                            + " of one network, from their first byte until they are answered; 5 MiB are set aside for the rest of one with more than 1 MiB. Beyond it"
                            + " a request is answered 503 with Retry-After.",
            min = "5",
            max = "50")
    int bodyHeapPercent() default 10;

    @AttributeDefinition(
            name = "Certificate",
            description = "Switches TLS on: PEM file with the certificate of the server and its chain, or PKCS#12 file"
                    + " (.p12, .pfx) with the key, too; relative to the data directory. All files of TLS are read anew"
                    + " when they change. The option --tls-cert comes first.")
    String tlsCertificate() default "";

    @AttributeDefinition(
            name = "Key",
            description = "PEM file with the key of the certificate (PKCS#8, RSA or EC); empty: it is in the file of"
                    + " the certificate. The option --tls-key comes first.")
    String tlsKey() default "";

    @AttributeDefinition(
            name = "Password of the key",
            description = "Reference (file:PATH, env:NAME) of the password of an encrypted key or of the PKCS#12 file.")
    String tlsPassword() default "";

    @AttributeDefinition(
            name = "Client certificates",
            description = "With TLS: none asks for none, wanted verifies one that is shown, required refuses requests"
                    + " without one (403), probes of health excepted.",
            options = {
                @Option(label = "None", value = "none"),
                @Option(label = "Wanted", value = "wanted"),
                @Option(label = "Required", value = "required")
            })
    String clientCertificates() default "none";

    @AttributeDefinition(
            name = "Client authorities",
            description = "PEM file with the certificates of the authorities that vouch for clients; needed unless"
                    + " clientCertificates is none.")
    String clientAuthorities() default "";

    @AttributeDefinition(
            name = "Strict transport",
            description = "With TLS: seconds that browsers keep to it for this host name, whatever the port"
                    + " (Strict-Transport-Security). 0: not told.",
            min = "0",
            max = "63072000")
    int hstsSeconds() default 31_536_000;

    @AttributeDefinition(
            name = "Ports of paths",
            description =
                    "Further ports, each with the path of this server that is the root there: 8000=/containers. Filters,"
                            + " limits and TLS are those of the server.")
    String[] pathPorts() default {};
}
