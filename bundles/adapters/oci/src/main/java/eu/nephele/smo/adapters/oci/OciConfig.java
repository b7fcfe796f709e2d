// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the registries for descriptors and charts. */
@ObjectClassDefinition(
        name = "SMO artifacts",
        description = "OCI registries for descriptors and charts, and the cache of fetched artifacts.")
@interface OciConfig {

    @AttributeDefinition(
            description =
                    "HOST or HOST:PORT of registries, and of targets of their redirects, that may use plain HTTP; all others by HTTPS only.")
    String[] plainHttp() default {};

    @AttributeDefinition(
            description =
                    "Login of a registry: HOST[:PORT]=USER:REFERENCE, or HOST[:PORT]=token:REFERENCE for a bearer token."
                            + " REFERENCE is that of a secret (file:PATH, env:NAME). Registries without an entry are called anonymously.")
    String[] credentials() default {};

    @AttributeDefinition(
            description =
                    "A config.json of Docker whose auths are used for registries that credentials does not name; relative to"
                            + " the data directory. Empty: none. It is read at every use.")
    String dockerConfig() default "";

    @AttributeDefinition(
            description =
                    "File with certificates (PEM) that are trusted instead of those of the Java runtime; relative to the data"
                            + " directory. Empty: those.")
    String caFile() default "";

    @AttributeDefinition(
            description =
                    "Proxy on the way to the registries, http://HOST:PORT; empty: as the Java runtime is started.")
    String proxy() default "";

    @AttributeDefinition(
            description =
                    "HOST or HOST:PORT of registries, and of targets of their redirects, that are called without the proxy.")
    String[] noProxy() default {};

    @AttributeDefinition(description = "Folder of fetched artifacts; empty means DATA/cache/oci.")
    String cacheDirectory() default "";

    @AttributeDefinition(
            description =
                    "How many MiB the cache holds; what was not used for longest goes first, never what was used within a"
                            + " minute.",
            min = "1")
    int cacheMiB() default 1024;

    @AttributeDefinition(
            description = "Seconds for which the target of a tag stays cached; 0: the registry is called each time.",
            min = "0")
    int tagSeconds() default 60;

    @AttributeDefinition(description = "How long a connection may take.", min = "1")
    int connectTimeoutMillis() default 2000;

    @AttributeDefinition(
            description =
                    "How long a registry may take to say what a tag points to, or to give a manifest. Then what is in the"
                            + " cache is used.",
            min = "1")
    int answerTimeoutMillis() default 5000;

    @AttributeDefinition(description = "How long fetching an artifact may take as a whole.", min = "1")
    int timeoutMillis() default 30000;

    @AttributeDefinition(description = "How large an artifact may be as it is transferred.", min = "1")
    int maxArtifactMiB() default 64;

    @AttributeDefinition(description = "How large a layer of an artifact may be when it is unpacked.", min = "1")
    int maxUnpackedMiB() default 256;

    @AttributeDefinition(description = "How large one file in an artifact may be.", min = "1")
    int maxFileMiB() default 16;

    @AttributeDefinition(description = "How many files and folders a layer of an artifact may have.", min = "1")
    int maxEntries() default 10000;

    @AttributeDefinition(description = "How deep folders in an artifact may be nested.", min = "1")
    int maxPathDepth() default 32;
}
