"""Pages for what cannot be shown: what it is, what to do, nothing of the program's inside."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the role may not open the page."""
    return render(request, "error.html", {"title": "没有权限", "text": "您的角色不能打开这一页。需要时请联系系统管理员。"}, status=403)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or not within the person's part of the tree."""
    return render(request, "error.html", {"title": "没有这一页", "text": "地址有误，或这条记录不在您的权限范围内。"}, status=404)


def fault(request: HttpRequest) -> HttpResponse:
    """500: a fault of the program; needs neither the database nor a template."""
    return HttpResponse(
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>程序出错</title><link rel="stylesheet" href="/static/desk.css">'
        '<main class="narrow"><h1>程序出错</h1><p>刚才的操作没有完成，什么也没有改动。请退回上一页再试；仍不行请告诉系统管理员出错的时间。</p></main></html>',
        status=500,
    )
