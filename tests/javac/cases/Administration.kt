package com.example.kt.administration

import org.apache.kafka.clients.admin.Admin
import org.apache.kafka.clients.admin.Config
import org.apache.kafka.clients.admin.ConfigEntry
import org.apache.kafka.clients.admin.NewTopic
import org.apache.kafka.common.config.ConfigResource

fun retention(admin: Admin, topic: String) {
    val resource = ConfigResource(ConfigResource.Type.TOPIC, topic)
    admin.alterConfigs(mapOf(resource to Config(listOf(ConfigEntry("retention.ms", "1000"))))).all().get()
}

fun create(admin: Admin) {
    admin.createTopics(listOf(NewTopic("orders", 3, 1.toShort()))).all().get()
    admin.describeTopics(listOf("orders")).all().get().forEach { (name, topic) -> println(name + topic.partitions()) }
}
