// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

/** Request bodies. */
final class Samples {

    /** One service that always fits. */
    static final String HELLO = "{\"hdaGraph\":{\"id\":\"hello\",\"services\":[{\"id\":\"web\"}]}}";

    /** The same name, another content. */
    static final String OTHER_HELLO = "{\"hdaGraph\":{\"id\":\"hello\",\"services\":[{\"id\":\"web2\"}]}}";

    static final String DIVIDED_NAME = "divided";

    /** One replica is decided on c1, two on c2; one on each is ready. */
    static final String DIVIDED = "{\"hdaGraph\":{\"id\":\"divided\",\"services\":[{\"id\":\"web\"}]}}";

    static final String HELLO_YAML = "hdaGraph:\n  id: hello\n  services:\n    - id: web\n";

    /** One service that fits nowhere. */
    static final String HUGE = "{\"hdaGraph\":{\"id\":\"huge\",\"services\":[{\"id\":\"big\",\"cpu\":\"huge\"}]}}";

    static final String STATIC = "{\"hdaGraph\":{\"id\":\"fixed\",\"hdaGraphIntent\":{\"useStaticPlacement\":true},"
            + "\"services\":[{\"id\":\"chart\"}]}}";

    /** A service that waits for one event, and one that waits for two. */
    static final String CONDITIONAL = "{\"hdaGraph\":{\"id\":\"brussels\",\"services\":[{\"id\":\"detection\","
            + "\"events\":[\"motion\"]},{\"id\":\"both\",\"condition\":\"ALL\",\"events\":[\"one\",\"two\"]}]}}";

    private Samples() {}
}
