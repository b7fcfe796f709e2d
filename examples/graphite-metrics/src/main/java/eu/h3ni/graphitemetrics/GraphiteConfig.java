// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.graphitemetrics;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the adapter, which does not start without one. */
@ObjectClassDefinition(name = "H3NI Graphite", description = "Load of services from Graphite.")
@interface GraphiteConfig {

    @AttributeDefinition(description = "Address of Graphite, http or https, with its path if it has one.")
    String url();

    @AttributeDefinition(description = "Milliseconds that a connection may take.", min = "1")
    int connectTimeoutMillis() default 2000;

    @AttributeDefinition(description = "Milliseconds that a whole answer may take.", min = "1")
    int timeoutMillis() default 10_000;

    @AttributeDefinition(description = "KiB beyond which an answer is a failure.", min = "1")
    int maxAnswerKiB() default 8192;

    @AttributeDefinition(description = "Proxy, http://HOST:PORT; empty: none.")
    String proxy() default "";

    @AttributeDefinition(description = "File with the certificates (PEM) that are trusted; empty: those of Java.")
    String caFile() default "";

    @AttributeDefinition(description = "Reference (file:PATH, env:NAME) of a bearer token; empty: none is sent.")
    String token() default "";

    @AttributeDefinition(description = "Series with the requests per second of a service.")
    String requestRate() default "services.$namespace.$service.requests.rate";

    @AttributeDefinition(description = "Series with the cores that a service uses.")
    String cpuCores() default "services.$namespace.$service.cpu.cores";
}
