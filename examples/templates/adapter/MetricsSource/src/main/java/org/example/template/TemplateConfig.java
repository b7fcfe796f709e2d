// SPDX-License-Identifier: Apache-2.0
package org.example.template;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of one such system; several are possible, and without one the adapter does not start. */
@ObjectClassDefinition(name = "template-name", description = "Load of services.")
@interface TemplateConfig {

    @AttributeDefinition(description = "Address of the system, http or https.")
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
}
