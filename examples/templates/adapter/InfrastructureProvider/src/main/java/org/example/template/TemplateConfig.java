// SPDX-License-Identifier: Apache-2.0
package org.example.template;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the adapter, which does not start without one. */
@ObjectClassDefinition(name = "template-name", description = "Source of clusters on demand.")
@interface TemplateConfig {

    @AttributeDefinition(description = "Address of the system, http or https.")
    String url();

    @AttributeDefinition(description = "Milliseconds that a connection may take.", min = "1")
    int connectTimeoutMillis() default 2000;

    @AttributeDefinition(description = "Milliseconds that a whole answer may take: the system answers when it is done.")
    int timeoutMillis() default 60_000;

    @AttributeDefinition(description = "KiB beyond which an answer is a failure.", min = "1")
    int maxAnswerKiB() default 1024;

    @AttributeDefinition(description = "Proxy, http://HOST:PORT; empty: none.")
    String proxy() default "";

    @AttributeDefinition(description = "File with the certificates (PEM) that are trusted; empty: those of Java.")
    String caFile() default "";

    @AttributeDefinition(description = "Reference (file:PATH, env:NAME) of a bearer token; empty: none is sent.")
    String token() default "";

    @AttributeDefinition(description = "Name of this provider; of several with one name the highest ranking is called.")
    String smo_capacity_source() default "template-name";
}
