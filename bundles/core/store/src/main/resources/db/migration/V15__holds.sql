-- SPDX-License-Identifier: Apache-2.0
-- Replicas that a person has set, by service, with the time until which they count.
alter table desired add column holds ${json} default '{}' not null;
