// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

/** People who use the web page, all with the same password. */
record DashboardUsers(RestClient admin) {

    static final String PASSWORD = "a long and quiet word";

    /** Somebody new, with a role everywhere. */
    void add(String name, String role) throws Exception {
        create("/api/v1/users", "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(name, PASSWORD));
        create("/api/v1/grants", "{\"subject\":\"%s\",\"role\":\"%s\"}".formatted(name, role));
    }

    private void create(String path, String body) throws Exception {
        RestClient.Answer answer = admin.postJson(path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }
}
