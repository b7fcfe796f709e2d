-- SPDX-License-Identifier: Apache-2.0
-- Who gets the room first. Descriptors of before could not name a priority: they have the standard one.
alter table desired add column priority integer default 0 not null;
