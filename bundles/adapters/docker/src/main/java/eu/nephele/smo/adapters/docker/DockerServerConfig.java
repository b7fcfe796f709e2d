// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of one server. */
@ObjectClassDefinition(
        name = "SMO plain server",
        description = "A server with a container engine, Docker or Podman: a cluster of the source docker.")
@interface DockerServerConfig {

    @AttributeDefinition(
            description = "Name of the cluster, unique among the servers; empty: the part of the PID behind ~.")
    String name() default "";

    @AttributeDefinition(description = "Name or address by which the balancer and this server reach published ports.")
    String host() default "127.0.0.1";

    @AttributeDefinition(
            description =
                    "Address of the engine, unix:///PATH, ssh://USER@HOST:PORT or tcp://HOST:PORT; TCP beyond this machine needs certificates.")
    String endpoint() default "unix:///var/run/docker.sock";

    @AttributeDefinition(
            description = "Folder with ca.pem, cert.pem and key.pem (PKCS#8) for TLS with the engine; empty: none.")
    String certificates() default "";

    @AttributeDefinition(
            description =
                    "File with the private key (RSA or Ed25519, no passphrase) of the user of an endpoint by SSH.")
    String sshKeyFile() default "";

    @AttributeDefinition(
            description =
                    "File with the keys of machines, in the format of OpenSSH; one that is not in it is not spoken to. Empty: known_hosts beside the private key.")
    String sshKnownHostsFile() default "";

    @AttributeDefinition(
            description = "Containers that may run there, of all owners together.",
            min = "1",
            max = "10000")
    int maxContainers() default 12;

    @AttributeDefinition(description = "Labels of the cluster, KEY=VALUE each.")
    String[] labels() default {};

    @AttributeDefinition(description = "Region of the cluster; empty: unknown.")
    String region() default "";

    @AttributeDefinition(
            description = "Key of the pool that keeps this configuration; empty: somebody does it by hand.")
    String pool() default "";

    @AttributeDefinition(
            description = "Role of the server, control or worker: the label smo.nephele.eu/role of the cluster.")
    String role() default "worker";

    @AttributeDefinition(description = "Network mode of containers, host for example; empty: that of the engine.")
    String network() default "";

    @AttributeDefinition(
            description =
                    "Folders of the server that containers may mount, with all below them; empty: named volumes only.")
    String[] hostPaths() default {};

    @AttributeDefinition(
            description =
                    "Credentials for registries, REGISTRY=USER:REFERENCE each: reference of a secret that is the password.")
    String[] registries() default {};

    @AttributeDefinition(
            description =
                    "References of secrets that containers on this server may be given, each whole, or with a * at its end; whoever may deploy to it can read them. Empty: none.")
    String[] secrets() default {};

    @AttributeDefinition(description = "Milliseconds in which a connection with the engine has to be there.", min = "1")
    int connectTimeoutMillis() default 2000;

    @AttributeDefinition(
            description = "Milliseconds without a word of the engine after which an answer has failed.",
            min = "1")
    int timeoutMillis() default 10_000;

    @AttributeDefinition(
            description = "Milliseconds after which the server is listed again, without an event.",
            min = "100")
    int lookMillis() default 5000;

    @AttributeDefinition(description = "Seconds without an answer after which the server is not ready.", min = "1")
    int unreachableSeconds() default 15;

    @AttributeDefinition(description = "Seconds after which pulling an image has failed.", min = "1")
    int pullSeconds() default 1800;
}
